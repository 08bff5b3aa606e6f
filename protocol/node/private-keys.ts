// Private keys in and out of the process. `exportPrivateKey` exists for sealing at rest, nothing else.
import type { AlgorithmName, PrivateKeyHandle, PublicKeyHandle } from '@tillgate/protocol'
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { fitsAlgorithm, keyObjectOf, privateKeyHandle, publicKeyHandle } from './key-handles.js'

const rsaBits = 2048

const generate = (alg: AlgorithmName): KeyObject => {
  switch (alg) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
    case 'ED25519':
      return generateKeyPairSync('ed25519').privateKey
    case 'PS256':
      return generateKeyPairSync('rsa', { modulusLength: rsaBits }).privateKey
    default:
      return alg satisfies never
  }
}

export const generatePrivateKey = (alg: AlgorithmName): PrivateKeyHandle =>
  privateKeyHandle(generate(alg), alg)

/** PKCS #8, DER. Undefined where the bytes are not a private key for that algorithm. */
export const importPrivateKey = (
  pkcs8: Uint8Array,
  alg: AlgorithmName,
): PrivateKeyHandle | undefined => {
  try {
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    return fitsAlgorithm(key, alg) ? privateKeyHandle(key, alg) : undefined
  } catch {
    return undefined
  }
}

/** PKCS #8, DER, in clear: the caller seals it. */
export const exportPrivateKey = (handle: PrivateKeyHandle): Uint8Array =>
  new Uint8Array(keyObjectOf(handle).export({ type: 'pkcs8', format: 'der' }))

export const publicKeyOf = (handle: PrivateKeyHandle): PublicKeyHandle =>
  publicKeyHandle(createPublicKey(keyObjectOf(handle)), handle.alg)
