/**
 * What the secure processor does to a value before it lies in flash: AES-256-CBC under a key that
 * firmware cannot read, one IV per context. Never hands the sealing key out.
 */
import { ascii, concat, type Primitives } from '@tillgate/protocol'

type Sealing = Pick<Primitives, 'aesEncrypt' | 'aesDecrypt' | 'hmacSha256'>

const blockBytes = 16

const ivOf = (p: Sealing, sealKey: Uint8Array, context: string): Uint8Array =>
  p.hmacSha256(sealKey, ascii(`seal\0${context}`)).slice(0, blockBytes)

export const seal = (
  p: Sealing,
  sealKey: Uint8Array,
  context: string,
  value: Uint8Array,
): Uint8Array => {
  const padding = blockBytes - (value.length % blockBytes)
  const padded = concat(value, new Uint8Array(padding).fill(padding))
  return p.aesEncrypt('CBC', sealKey, ivOf(p, sealKey, context), padded)
}

/** Throws where it was not sealed so: a broken flash, not bad input. */
export const unseal = (
  p: Sealing,
  sealKey: Uint8Array,
  context: string,
  sealed: Uint8Array,
): Uint8Array => {
  const padded = p.aesDecrypt('CBC', sealKey, ivOf(p, sealKey, context), sealed)
  const padding = padded[padded.length - 1] ?? 0
  if (padding < 1 || padding > blockBytes) throw new Error(`unseal: not the key of ${context}`)
  return padded.slice(0, padded.length - padding)
}
