/**
 * Crypto of a simulated world: everything is a keyed SHA-256, so that a signature costs a microsecond
 * and a world repeats itself from its seed. A key's public half is its whole secret; nobody here
 * attacks crypto: real crypto is tested in its ports' contracts.
 */
import {
  ascii,
  concat,
  equalBytes,
  type AgreementKey,
  type CipherMode,
  type Primitives,
  type PrivateKeyHandle,
} from '@tillgate/protocol'
import type { TerminalCrypto } from '@tillgate/device-sim'
import { hash } from 'node:crypto'

const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', data, 'buffer'))

const keyed = (key: Uint8Array, data: Uint8Array): Uint8Array => sha256(concat(key, data))

const half = (a: Uint8Array, b: Uint8Array): readonly [Uint8Array, Uint8Array] => {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference < 0 ? [a, b] : [b, a]
  }
  return [a, b]
}

const shareBytes = 65
const uncompressedPoint = 0x04

const agreementKey = (seed: Uint8Array): AgreementKey => {
  const keyShare = new Uint8Array(shareBytes)
  keyShare[0] = uncompressedPoint
  keyShare.set(sha256(seed), 1)
  keyShare.set(sha256(keyShare), 33)
  return { keyShare, agree: (peer) => sha256(concat(...half(keyShare, peer))) }
}

/** A stream over the data: its own inverse, which is all that a wrapped key and a check value need. */
const stream = (
  _mode: CipherMode,
  key: Uint8Array,
  iv: Uint8Array | undefined,
  data: Uint8Array,
): Uint8Array => {
  const out = new Uint8Array(data)
  const pad = keyed(key, iv ?? key)
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) ^ (pad[i % pad.length] ?? 0)
  return out
}

const signatureOf = (spki: Uint8Array, data: Uint8Array): Uint8Array => {
  const digest = keyed(spki, data)
  return concat(digest, digest)
}

export const simulatedPrimitives: Primitives = {
  sha256,
  hmacSha256: keyed,
  aesEncrypt: stream,
  aesDecrypt: stream,
  tdesEncrypt: stream,
  tdesDecrypt: stream,
  sign: (key, data) => signatureOf(key.spki, data),
  verify: (key, data, signature) => equalBytes(signatureOf(key.spki, data), signature),
  importPublicKey: (spki, alg) => ({ alg, spki }),
  agreementKey,
  equal: equalBytes,
}

export const simulatedKey = (name: string): PrivateKeyHandle => ({
  alg: 'ES256',
  spki: concat(ascii('key of '), sha256(ascii(name))),
})

const noTls = { key: '', certificate: '', chain: '' }

/** Identities lie in flash as a real terminal's do; nothing is sealed, for there is no one to read it. */
export const simulatedCrypto: TerminalCrypto = {
  primitives: simulatedPrimitives,
  openIdentity: (_flash, identity) => ({ alg: identity.alg, spki: identity.spki }),
  makeIdentity: (_flash, sn, alg) => {
    const { spki } = simulatedKey(sn)
    return { identity: { sn, alg, spki, sealedKey: spki }, csr: spki }
  },
  tlsIdentity: () => noTls,
}
