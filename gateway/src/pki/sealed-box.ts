/**
 * One AES-256-GCM box: iv (12) ‖ ciphertext ‖ tag (16), bound to associated data. The iv is random; a key
 * that closes many boxes (a scope's) closes far fewer than the 2^32 that NIST SP 800-38D §8.3 allows.
 */
import { concat } from '@tillgate/protocol'
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Entropy } from '../core/ports/system.js'

export interface BoxKey {
  readonly key: Uint8Array
  readonly bound: Uint8Array
}

const ivBytes = 12
const tagBytes = 16
const cipherName = 'aes-256-gcm'

export const boxOverheadBytes = ivBytes + tagBytes

export const closeBox = (
  { key, bound }: BoxKey,
  entropy: Entropy,
  secret: Uint8Array,
): Uint8Array => {
  const iv = entropy.bytes(ivBytes)
  const cipher = createCipheriv(cipherName, key, iv, { authTagLength: tagBytes })
  cipher.setAAD(bound)
  return concat(iv, cipher.update(secret), cipher.final(), cipher.getAuthTag())
}

/** Undefined where it was changed, or closed with another key or for something else. */
export const openBox = ({ key, bound }: BoxKey, closed: Uint8Array): Uint8Array | undefined => {
  if (closed.length < boxOverheadBytes) return undefined
  const iv = closed.subarray(0, ivBytes)
  const data = closed.subarray(ivBytes, closed.length - tagBytes)
  const decipher = createDecipheriv(cipherName, key, iv, { authTagLength: tagBytes })
  decipher.setAAD(bound)
  decipher.setAuthTag(closed.subarray(closed.length - tagBytes))
  try {
    return concat(decipher.update(data), decipher.final())
  } catch {
    return undefined
  }
}
