// Fixed bytes for the vectors: every id, hash and seed is SHA-256 of a name, so that the files come
// out the same on every machine.
import { createHash } from 'node:crypto'

export const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

export const named = (name, length = 32) => sha256(`tillgate vectors: ${name}`).slice(0, length)
export const id = (name) => named(name, 16)
export const filled = (length, byte = 0xab) => new Uint8Array(length).fill(byte)
export const hex = (bytes) => Buffer.from(bytes).toString('hex')
export const unhex = (text) => new Uint8Array(Buffer.from(text, 'hex'))
export const join = (...parts) => new Uint8Array(Buffer.concat(parts))
export const text = (value) => new Uint8Array(Buffer.from(value, 'utf8'))

const runMin = 256

/** Hex; where one byte repeats for long, a list of hex texts and of { byte, times }. */
export const packed = (bytes) => {
  const segments = []
  let plainFrom = 0
  for (let i = 0; i < bytes.length; ) {
    let end = i
    while (end < bytes.length && bytes[end] === bytes[i]) end++
    if (end - i >= runMin) {
      if (i > plainFrom) segments.push(hex(bytes.slice(plainFrom, i)))
      segments.push({ byte: hex(bytes.slice(i, i + 1)), times: end - i })
      plainFrom = end
    }
    i = end
  }
  if (segments.length === 0) return hex(bytes)
  if (plainFrom < bytes.length) segments.push(hex(bytes.slice(plainFrom)))
  return segments
}

/** Bytes become hex, everything else stays: how a value stands in a vector file. */
export const shown = (value) => {
  if (value instanceof Uint8Array) return hex(value)
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item)]))
  }
  return value
}
