// `Primitives` over node:crypto. Everything that goes out is a plain Uint8Array with a buffer of its
// own, never a slice of Node's pool.
import type { CipherMode, Primitives } from '@tillgate/protocol'
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  hash,
  sign,
  timingSafeEqual,
  verify,
  type KeyObject,
} from 'node:crypto'
import { agreementKey } from './agreement.js'
import { fitsAlgorithm, keyObjectOf, publicKeyHandle } from './key-handles.js'

type Direction = typeof createCipheriv | typeof createDecipheriv

const plain = (buffer: Buffer): Uint8Array => new Uint8Array(buffer)

const runCipher = (
  start: Direction,
  name: string,
  { key, iv, data }: { key: Uint8Array; iv: Uint8Array | undefined; data: Uint8Array },
): Uint8Array => {
  const cipher = start(name, key, iv ?? null).setAutoPadding(false)
  return plain(Buffer.concat([cipher.update(data), cipher.final()]))
}

const aes = (
  start: Direction,
  mode: CipherMode,
  parts: { key: Uint8Array; iv: Uint8Array | undefined; data: Uint8Array },
): Uint8Array =>
  runCipher(start, `aes-${String(parts.key.length * 8)}-${mode.toLowerCase()}`, parts)

/** Single and double length keys are the three-key cipher with keys repeated (K K K, K1 K2 K1). */
const tdesKey = (key: Uint8Array): Uint8Array => {
  switch (key.length) {
    case 8:
      return Buffer.concat([key, key, key])
    case 16:
      return Buffer.concat([key, key.subarray(0, 8)])
    case 24:
      return key
    default:
      throw new RangeError('tdes: a key has 8, 16 or 24 bytes')
  }
}

const tdes = (
  start: Direction,
  mode: CipherMode,
  parts: { key: Uint8Array; iv: Uint8Array | undefined; data: Uint8Array },
): Uint8Array =>
  runCipher(start, mode === 'ECB' ? 'des-ede3' : 'des-ede3-cbc', {
    ...parts,
    key: tdesKey(parts.key),
  })

const hashBytes = 32
const blockBytes = 64

/**
 * Node's own objects for hashing cost four times the hash, and again when they are collected. As text a
 * hash comes without either.
 */
const sha256 = (data: Uint8Array): Uint8Array => {
  const text = hash('sha256', data, 'binary')
  const bytes = new Uint8Array(hashBytes)
  for (let i = 0; i < hashBytes; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/** What is hashed of a short message, and of its inner hash; wiped when they are. */
const shortBytesMax = 1_024
const innerBlock = new Uint8Array(blockBytes + shortBytesMax)
const outerBlock = new Uint8Array(blockBytes + hashBytes)

/** RFC 2104 over the above. */
const hmacSha256 = (key: Uint8Array, data: Uint8Array): Uint8Array => {
  const short = key.length > blockBytes ? sha256(key) : key
  const length = blockBytes + data.length
  const inner =
    data.length > shortBytesMax ? new Uint8Array(length) : innerBlock.subarray(0, length)
  for (let i = 0; i < blockBytes; i++) {
    const byte = short[i] ?? 0
    inner[i] = byte ^ 0x36
    outerBlock[i] = byte ^ 0x5c
  }
  inner.set(data, blockBytes)
  outerBlock.set(sha256(inner), blockBytes)
  const tag = sha256(outerBlock)
  inner.fill(0)
  outerBlock.fill(0)
  return tag
}

const saltBytes = 32

/** How node:crypto has to be told about an algorithm; the digest is null for Ed25519. */
const signing = (alg: 'ES256' | 'ED25519' | 'PS256', key: KeyObject) => {
  switch (alg) {
    case 'ES256':
      return { digest: 'sha256', options: { key, dsaEncoding: 'ieee-p1363' as const } }
    case 'ED25519':
      return { digest: null, options: { key } }
    case 'PS256':
      return {
        digest: 'sha256',
        options: { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltBytes },
      }
    default:
      return alg satisfies never
  }
}

export const nodePrimitives: Primitives = {
  sha256,
  hmacSha256,
  aesEncrypt: (mode, key, iv, data) => aes(createCipheriv, mode, { key, iv, data }),
  aesDecrypt: (mode, key, iv, data) => aes(createDecipheriv, mode, { key, iv, data }),
  tdesEncrypt: (mode, key, iv, data) => tdes(createCipheriv, mode, { key, iv, data }),
  tdesDecrypt: (mode, key, iv, data) => tdes(createDecipheriv, mode, { key, iv, data }),
  sign: (handle, data) => {
    const { digest, options } = signing(handle.alg, keyObjectOf(handle))
    return plain(sign(digest, data, options))
  },
  verify: (handle, data, signature) => {
    const { digest, options } = signing(handle.alg, keyObjectOf(handle))
    try {
      return verify(digest, data, options, signature)
    } catch {
      return false
    }
  },
  importPublicKey: (spki, alg) => {
    try {
      const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
      return fitsAlgorithm(key, alg) ? publicKeyHandle(key, alg, spki) : undefined
    } catch {
      return undefined
    }
  },
  agreementKey,
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
}
