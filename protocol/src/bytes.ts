// Byte helpers without Node: this package is compiled with no runtime types, so there is no
// TextEncoder and no Buffer here. Nothing in this file is constant-time: compare secrets with
// `Primitives.equal`.

export const noBytes: Uint8Array = new Uint8Array(0)

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  let length = 0
  for (const part of parts) length += part.length
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** A copy with an ArrayBuffer of its own, whatever pool the original lay in. */
export const copyBytes = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes)

/** Not constant-time: for hashes and ids, never for tags or keys. */
export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Lexicographic order, shorter first where one is the other's prefix. */
export const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export const toHex = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += hexOf[byte] ?? ''
  return text
}

export const fromHex = (text: string): Uint8Array | undefined => {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** ASCII only. A character above U+007F here is a bug of the caller, hence the exception. */
export const ascii = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) throw new RangeError('ascii: not an ASCII text')
    bytes[i] = unit
  }
  return bytes
}

const uuidLength = 16
const hyphen = 0x2d
const hexUnits = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))

/** The places before which a hyphen stands. */
const hyphenBefore = (place: number): boolean =>
  place === 4 || place === 6 || place === 8 || place === 10

/** Filled anew for each id: a text put together of pieces would be put together again by each map. */
const uuidUnits: number[] = Array.from({ length: 36 }, () => hyphen)

/** 16 bytes in the usual 8-4-4-4-12 form, lower case. */
export const uuidToText = (bytes: Uint8Array): string => {
  if (bytes.length !== uuidLength) throw new RangeError('uuidToText: an id has 16 bytes')
  let at = 0
  for (let place = 0; place < uuidLength; place++) {
    if (hyphenBefore(place)) at += 1
    const byte = bytes[place] ?? 0
    uuidUnits[at] = hexUnits[byte >> 4] ?? 0
    uuidUnits[at + 1] = hexUnits[byte & 0x0f] ?? 0
    at += 2
  }
  return String.fromCharCode(...uuidUnits)
}

export const uuidFromText = (text: string): Uint8Array | undefined =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
    ? fromHex(text.replaceAll('-', ''))
    : undefined

export const u32be = (value: number): Uint8Array => {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw new RangeError('u32be: out of range')
  }
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)
}

/** Up to 2^53 - 1, as all numbers on this wire. */
export const u64be = (value: number): Uint8Array => {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('u64be: out of range')
  return concat(u32be(Math.floor(value / 0x100000000)), u32be(value % 0x100000000))
}

/** As `u64be`, into eight bytes of `into` from `at` on. */
export const writeU64be = (into: Uint8Array, at: number, value: number): void => {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('u64be: out of range')
  let rest = value
  for (let place = at + 7; place >= at; place--) {
    into[place] = rest % 0x100
    rest = Math.floor(rest / 0x100)
  }
}

/** Length in UTF-8 bytes; undefined where the text has a lone surrogate and so no UTF-8 form. */
export const utf8Length = (text: string): number | undefined => {
  let length = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point >= 0xd800 && point <= 0xdfff) return undefined
    length += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return length
}

/**
 * The UTF-8 form of a text. A lone surrogate, which has none, becomes U+FFFD, as everywhere else.
 */
export const utf8 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length * 3)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) {
      bytes[length++] = unit
      continue
    }
    const read = text.codePointAt(at) ?? 0
    const point = read >= 0xd800 && read <= 0xdfff ? 0xfffd : read
    if (point > 0xffff) at += 1
    if (point < 0x800) {
      bytes[length++] = 0xc0 | (point >> 6)
    } else {
      if (point > 0xffff) {
        bytes[length++] = 0xf0 | (point >> 18)
        bytes[length++] = 0x80 | ((point >> 12) & 0x3f)
      } else {
        bytes[length++] = 0xe0 | (point >> 12)
      }
      bytes[length++] = 0x80 | ((point >> 6) & 0x3f)
    }
    bytes[length++] = 0x80 | (point & 0x3f)
  }
  return bytes.slice(0, length)
}
