/**
 * The public keys that a terminal may have: EC on P-256, or RSA of 2048, 3072 or 4096 bits with the
 * exponent 65537. One place for requests, vendors' certificates and renewals.
 */
import { equalBytes, fromHex, type AlgorithmName } from '@tillgate/protocol'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { pkiLimits } from './limits.js'

export type IdentityKey =
  | { readonly ok: true; readonly alg: AlgorithmName; readonly key: KeyObject }
  | { readonly ok: false; readonly rule: string }

const refuse = (rule: string): IdentityKey => ({ ok: false, rule })

const parse = (spki: Uint8Array): KeyObject | undefined => {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

/**
 * The only form of a key on P-256: the curve by its name, the point uncompressed. OpenSSL also reads
 * a curve that is spelled out, and calls it by the name that it resembles.
 */
const p256Prefix = fromHex('3059301306072a8648ce3d020106082a8648ce3d03010703420004')
const p256Bytes = 91

const isNamedP256 = (spki: Uint8Array): boolean =>
  p256Prefix !== undefined &&
  spki.length === p256Bytes &&
  equalBytes(spki.subarray(0, p256Prefix.length), p256Prefix)

const rsa = (key: KeyObject): IdentityKey => {
  const { modulusLength, publicExponent } = key.asymmetricKeyDetails ?? {}
  const sizes: readonly number[] = pkiLimits.rsaBitsAllowed
  if (modulusLength === undefined || !sizes.includes(modulusLength)) {
    return refuse(`an RSA key has ${sizes.join(', ')} bits`)
  }
  if (publicExponent !== pkiLimits.rsaExponent) return refuse('an RSA key has the exponent 65537')
  return { ok: true, alg: 'PS256', key }
}

export const identityKey = (spki: Uint8Array): IdentityKey => {
  const key = parse(spki)
  if (key === undefined) return refuse('the public key does not parse')
  // The bytes are kept and hashed: two encodings of one key would be two identities.
  if (!key.export({ format: 'der', type: 'spki' }).equals(spki)) {
    return refuse('the public key is not in its one DER form')
  }
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return rsa(key)
    case 'ec':
      return isNamedP256(spki)
        ? { ok: true, alg: 'ES256', key }
        : refuse('an EC key lies on P-256, named, its point uncompressed')
    default:
      return refuse('the public key is RSA, or EC on P-256')
  }
}
