/**
 * Changes as bytes: JSON with byte strings as `{"$": base64}`. Readable by a person with a terminal,
 * because a flash is evidence. What comes back was written by this file and passed its CRC.
 */
import type { FlashChange } from './contents.js'

const packBytes = (bytes: Uint8Array): { readonly $: string } => ({
  $: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
})

const pack = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return packBytes(value)
  if (Array.isArray(value)) return value.map(pack)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, pack(part)]))
}

const unpack = (_key: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('$' in value)) return value
  return new Uint8Array(Buffer.from(String(value.$), 'base64'))
}

export const encodeChanges = (changes: readonly FlashChange[]): Uint8Array =>
  Buffer.from(JSON.stringify(changes.map(pack)), 'utf8')

export const decodeChanges = (bytes: Uint8Array): readonly FlashChange[] =>
  JSON.parse(Buffer.from(bytes).toString('utf8'), unpack) as readonly FlashChange[]
