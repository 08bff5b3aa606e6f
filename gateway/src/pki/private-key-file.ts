/** Private keys that the operator gives, as PEM files: PKCS #8, unencrypted, of the kind asked for. */
import type { AlgorithmName, PrivateKeyHandle } from '@tillgate/protocol'
import { importPrivateKey } from '@tillgate/protocol/node'
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { PkiRefused } from './refused.js'
import { readSecretFile } from './secret-file.js'

const unfit = (path: string, wanted: string, cause?: unknown): PkiRefused =>
  new PkiRefused('GIVEN_KEY_UNFIT', `${path} is not ${wanted}.`, { cause })

export const readGivenFile = (path: string): string => {
  const text = readSecretFile(path)
  if (text === undefined) throw new PkiRefused('CONFIG', `${path} is not there.`)
  return text
}

export const readPrivateKey = (path: string): KeyObject => {
  const text = readGivenFile(path)
  try {
    return createPrivateKey(text)
  } catch (cause) {
    throw unfit(path, 'an unencrypted private key in PEM', cause)
  }
}

const algorithmOf = (key: KeyObject): AlgorithmName | undefined => {
  switch (key.asymmetricKeyType) {
    case 'ec':
      return 'ES256'
    case 'ed25519':
      return 'ED25519'
    case 'rsa':
      return 'PS256'
    default:
      return undefined
  }
}

/** A key for envelopes: EC on P-256, Ed25519, or RSA of 2048 to 4096 bits. */
export const signingKeyFrom = (key: KeyObject, source: string): PrivateKeyHandle => {
  const alg = algorithmOf(key)
  const pkcs8 = new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }))
  const handle = alg === undefined ? undefined : importPrivateKey(pkcs8, alg)
  if (handle === undefined) throw unfit(source, 'a key for ES256, Ed25519 or PS256')
  return handle
}
