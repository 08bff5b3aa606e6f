// Handles that carry a node:crypto KeyObject, so that a key is parsed once and not at every use
// (193 microseconds each time otherwise). The KeyObject hangs on the handle by a WeakMap: the handle
// itself shows only what may be seen, and a handle that was cloned or made elsewhere is refused.
import type { AlgorithmName, PrivateKeyHandle, PublicKeyHandle } from '@tillgate/protocol'
import { createPublicKey, type KeyObject } from 'node:crypto'

const rsaBitsMin = 2048
const rsaBitsMax = 4096

const keyObjects = new WeakMap<PrivateKeyHandle | PublicKeyHandle, KeyObject>()

/** Whether this key, public or private, is one that the algorithm takes. */
export const fitsAlgorithm = (key: KeyObject, alg: AlgorithmName): boolean => {
  switch (alg) {
    case 'ES256':
      return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
    case 'ED25519':
      return key.asymmetricKeyType === 'ed25519'
    case 'PS256': {
      const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
      return key.asymmetricKeyType === 'rsa' && bits >= rsaBitsMin && bits <= rsaBitsMax
    }
    default:
      return alg satisfies never
  }
}

const spkiOf = (key: KeyObject): Uint8Array => {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
}

const handle = (key: KeyObject, alg: AlgorithmName, spki: Uint8Array): PublicKeyHandle => {
  const made = Object.freeze({ alg, spki })
  keyObjects.set(made, key)
  return made
}

/** For a key that lies in a KeyObject already, for instance a TLS identity key. */
export const privateKeyHandle = (key: KeyObject, alg: AlgorithmName): PrivateKeyHandle => {
  if (key.type !== 'private' || !fitsAlgorithm(key, alg)) {
    throw new TypeError(`not a private key for ${alg}`)
  }
  return handle(key, alg, spkiOf(key))
}

/** `spki` keeps the bytes as given: they are what the kid was computed over. */
export const publicKeyHandle = (
  key: KeyObject,
  alg: AlgorithmName,
  spki: Uint8Array = spkiOf(key),
): PublicKeyHandle => handle(key, alg, new Uint8Array(spki))

export const keyObjectOf = (from: PrivateKeyHandle | PublicKeyHandle): KeyObject => {
  const key = keyObjects.get(from)
  if (key === undefined) throw new TypeError('a key handle that node:crypto did not make here')
  return key
}
