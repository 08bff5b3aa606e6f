// ECDSA signatures over P-256 in their two forms: 64 bytes, r and s side by side (IEEE P1363), and the
// ASN.1 SEQUENCE of two INTEGERs (RFC 3279 section 2.2.3) that signed notes carry. DER only: each
// signature has one encoding, and any other is refused.
import { concat } from '../bytes.js'

const halfBytes = 32
const sequenceTag = 0x30
const integerTag = 2

const integer = (value: Uint8Array): Uint8Array => {
  let start = 0
  while (start < value.length - 1 && value[start] === 0) start += 1
  const digits = value.slice(start)
  const isNegative = (digits[0] ?? 0) >= 0x80
  const content = isNegative ? concat(Uint8Array.of(0), digits) : digits
  return concat(Uint8Array.of(integerTag, content.length), content)
}

export const derSignature = (plain: Uint8Array): Uint8Array => {
  const both = concat(integer(plain.slice(0, halfBytes)), integer(plain.slice(halfBytes)))
  return concat(Uint8Array.of(sequenceTag, both.length), both)
}

const padded = (digits: Uint8Array): Uint8Array => {
  const value = new Uint8Array(halfBytes)
  value.set(digits, halfBytes - digits.length)
  return value
}

/** Undefined for what is not the DER of two numbers of at most 256 bits. */
export const plainSignature = (der: Uint8Array): Uint8Array | undefined => {
  const halves: Uint8Array[] = []
  if (der[0] !== sequenceTag || der[1] !== der.length - 2) return undefined
  for (let at = 2; at < der.length;) {
    const length = der[at + 1] ?? 0
    const content = der.slice(at + 2, at + 2 + length)
    const digits = content[0] === 0 ? content.slice(1) : content
    if (der[at] !== integerTag || digits.length > halfBytes) return undefined
    halves.push(padded(digits))
    at += 2 + length
  }
  const [r, s] = halves
  if (r === undefined || s === undefined || halves.length !== 2) return undefined
  const plain = concat(r, s)
  const again = derSignature(plain)
  return again.length === der.length && again.every((byte, at) => byte === der[at])
    ? plain
    : undefined
}
