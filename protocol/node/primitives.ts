// `Primitives` over node:crypto. Everything that goes out is a plain Uint8Array with a buffer of its
// own, never a slice of Node's pool.
import type { CipherMode, Primitives } from '@tillgate/protocol'
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
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
  sha256: (data) => plain(createHash('sha256').update(data).digest()),
  hmacSha256: (key, data) => plain(createHmac('sha256', key).update(data).digest()),
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
