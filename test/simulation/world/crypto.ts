/**
 * Crypto of a simulated world: everything is a keyed hash of 64 bits in plain arithmetic, spread over 32
 * bytes, so that a signature costs no call out of JavaScript and a world repeats itself from its seed.
 * It tells any two texts apart that a world makes, and a key's public half is its whole secret; nobody
 * here attacks crypto: real crypto is tested in its ports' contracts.
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
import type { KeyOwner, SessionKeys } from '@tillgate/gateway'

const hashBytes = 32
const noKey = new Uint8Array()
/** Odd, with their bits well mixed: those of MurmurHash3. */
const [factorA, factorB, mixA, mixB] = [0xcc9e2d51, 0x1b873593, 0x85ebca6b, 0xc2b2ae35] as const

/** Every bit of a word changes half of the bits that come out. */
const mixed = (word: number): number => {
  let h = Math.imul(word ^ (word >>> 16), mixA)
  h = Math.imul(h ^ (h >>> 13), mixB)
  return h ^ (h >>> 16)
}

/** Two words of state, stirred by each byte of the key, its length, each byte of the data and theirs. */
const keyed = (key: Uint8Array, data: Uint8Array): Uint8Array => {
  let a = factorA ^ key.length
  let b = factorB ^ data.length
  for (const part of [key, data]) {
    for (let i = 0; i < part.length; i++) {
      const byte = part[i] ?? 0
      a = Math.imul((a << 5) ^ (a >>> 27) ^ byte, factorA)
      b = Math.imul(b ^ (b >>> 15) ^ byte, factorB) + a
    }
    a = mixed(a ^ b)
  }
  const out = new Uint8Array(hashBytes)
  for (let i = 0; i < hashBytes; i += 4) {
    a = mixed((a + mixB) ^ b)
    b = mixed(b + factorA)
    out[i] = a
    out[i + 1] = a >>> 8
    out[i + 2] = a >>> 16
    out[i + 3] = a >>> 24
  }
  return out
}

const sha256 = (data: Uint8Array): Uint8Array => keyed(noKey, data)

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

const ownerBytes = ({ sn, sessionId }: KeyOwner): Uint8Array => concat(ascii(sn), sessionId)

/** A key that is moved to another session's place does not open, as where it is sealed in truth. */
export const simulatedSessionKeys: SessionKeys = {
  seal: (owner, macKey) => concat(keyed(ownerBytes(owner), macKey), macKey),
  open: (owner, sealed) => {
    const macKey = sealed.slice(hashBytes)
    return equalBytes(keyed(ownerBytes(owner), macKey), sealed.slice(0, hashBytes))
      ? macKey
      : undefined
  },
}
