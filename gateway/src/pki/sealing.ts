/**
 * Sealing at rest: AES-256-GCM, a fresh data key for each entry, itself sealed under the one key that
 * the operator keeps. Name and kind of the entry are associated data of both, so that a sealed part
 * moved to another entry does not open.
 *
 * Layout: version 1 ‖ key id (8) ‖ iv (12) ‖ sealed data key (32) ‖ tag (16) ‖ iv (12) ‖ ciphertext ‖ tag (16).
 * The key id is the first 8 bytes of SHA-256 over a label and the key; it says which key is missing
 * and nothing about it.
 */
import { ascii, concat, equalBytes } from '@tillgate/protocol'
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import type { Entropy } from '../core/ports/system.js'
import { pkiLimits } from './limits.js'

export interface SealedEntry {
  readonly name: string
  readonly kind: string
}

export type Opened =
  | { readonly ok: true; readonly secret: Uint8Array }
  | { readonly ok: false; readonly code: 'other-key'; readonly keyId: Uint8Array }
  | { readonly ok: false; readonly code: 'damaged' }

export interface Sealer {
  readonly keyId: Uint8Array
  seal(entry: SealedEntry, secret: Uint8Array): Uint8Array
  open(entry: SealedEntry, sealed: Uint8Array): Opened
}

const version = 1
const keyIdBytes = 8
const ivBytes = 12
const tagBytes = 16
const keyBytes = pkiLimits.sealingKeyBytes
const cipherName = 'aes-256-gcm'

const wrappedBytes = ivBytes + keyBytes + tagBytes
const headerBytes = 1 + keyIdBytes
const overheadBytes = headerBytes + wrappedBytes + ivBytes + tagBytes

/** Kinds and names are ASCII without NUL, so that the two can't run into each other. */
const associated = (use: 'key' | 'data', { name, kind }: SealedEntry): Uint8Array =>
  ascii(`tillgate/seal/1\0${use}\0${kind}\0${name}`)

interface Box {
  readonly key: Uint8Array
  readonly bound: Uint8Array
}

const close = ({ key, bound }: Box, iv: Uint8Array, secret: Uint8Array): Uint8Array => {
  const cipher = createCipheriv(cipherName, key, iv, { authTagLength: tagBytes })
  cipher.setAAD(bound)
  return concat(iv, cipher.update(secret), cipher.final(), cipher.getAuthTag())
}

const unclose = ({ key, bound }: Box, sealed: Uint8Array): Uint8Array | undefined => {
  const iv = sealed.subarray(0, ivBytes)
  const data = sealed.subarray(ivBytes, sealed.length - tagBytes)
  const decipher = createDecipheriv(cipherName, key, iv, { authTagLength: tagBytes })
  decipher.setAAD(bound)
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  try {
    return concat(decipher.update(data), decipher.final())
  } catch {
    return undefined
  }
}

export const createSealer = (key: Uint8Array, entropy: Entropy): Sealer => {
  if (key.length !== keyBytes) throw new RangeError('createSealer: the key has 32 bytes')
  const kept = new Uint8Array(key)
  const label = ascii('tillgate sealing key id\0')
  const keyId = new Uint8Array(createHash('sha256').update(label).update(kept).digest()).slice(
    0,
    keyIdBytes,
  )
  return {
    keyId,
    seal: (entry, secret) => {
      const dataKey = entropy.bytes(keyBytes)
      const wrap = { key: kept, bound: associated('key', entry) }
      const box = { key: dataKey, bound: associated('data', entry) }
      const wrapped = close(wrap, entropy.bytes(ivBytes), dataKey)
      return concat(
        Uint8Array.of(version),
        keyId,
        wrapped,
        close(box, entropy.bytes(ivBytes), secret),
      )
    },
    open: (entry, sealed) => {
      if (sealed.length < overheadBytes || sealed[0] !== version)
        return { ok: false, code: 'damaged' }
      const usedKeyId = sealed.slice(1, headerBytes)
      if (!equalBytes(usedKeyId, keyId)) return { ok: false, code: 'other-key', keyId: usedKeyId }
      const wrapped = sealed.subarray(headerBytes, headerBytes + wrappedBytes)
      const dataKey = unclose({ key: kept, bound: associated('key', entry) }, wrapped)
      if (dataKey === undefined) return { ok: false, code: 'damaged' }
      const box = { key: dataKey, bound: associated('data', entry) }
      const secret = unclose(box, sealed.subarray(headerBytes + wrappedBytes))
      return secret === undefined ? { ok: false, code: 'damaged' } : { ok: true, secret }
    },
  }
}
