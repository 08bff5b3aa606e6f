// Byte helpers, each against what Node says.
import { describe, expect, test } from 'vitest'
import {
  ascii,
  compareBytes,
  concat,
  copyBytes,
  equalBytes,
  fromHex,
  toHex,
  u32be,
  u64be,
  utf8Length,
  uuidFromText,
  uuidToText,
} from './bytes.js'

const some = Uint8Array.of(0, 1, 0x7f, 0x80, 0xff)

describe('bytes', () => {
  test('hex goes there and back, and refuses what is none', () => {
    expect(toHex(some)).toBe(Buffer.from(some).toString('hex'))
    expect(fromHex('00017F80ff')).toEqual(some)
    expect(fromHex('0')).toBeUndefined()
    expect(fromHex('0g')).toBeUndefined()
    expect(fromHex('')).toEqual(new Uint8Array(0))
  })

  test('ids are UUIDs in text', () => {
    const text = '0190b6d2-7e2a-7c3f-8a5b-0123456789ab'
    const bytes = uuidFromText(text)
    expect(bytes && uuidToText(bytes)).toBe(text)
    expect(uuidFromText(text.toUpperCase())).toEqual(bytes)
    expect(uuidFromText(text.slice(1))).toBeUndefined()
    expect(uuidFromText(text.replaceAll('-', ''))).toBeUndefined()
    expect(() => uuidToText(some)).toThrow(RangeError)
  })

  test('numbers are big-endian and never cut', () => {
    expect(toHex(u32be(0xdeadbeef))).toBe('deadbeef')
    expect(toHex(u64be(2 ** 53 - 1))).toBe('001fffffffffffff')
    expect(toHex(u64be(2 ** 32))).toBe('0000000100000000')
    for (const bad of [-1, 0.5, 2 ** 32, Number.NaN]) expect(() => u32be(bad)).toThrow(RangeError)
    for (const bad of [-1, 0.5, 2 ** 53, Number.NaN]) expect(() => u64be(bad)).toThrow(RangeError)
  })

  test('comparing orders as memcmp does', () => {
    const all = [some, some.slice(0, 2), Uint8Array.of(9), new Uint8Array(0)]
    for (const a of all) {
      for (const b of all) {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b))
        expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0)
      }
    }
  })

  test('a copy has a buffer of its own', () => {
    const copy = copyBytes(Buffer.from('abc'))
    expect(copy.buffer.byteLength).toBe(3)
    expect(concat(copy, some, copy).length).toBe(11)
  })

  test('UTF-8 lengths, and no length for a lone surrogate', () => {
    for (const text of ['', 'a', 'é', '店', '\u{1f4b3}', 'a店\u{1f4b3}']) {
      expect(utf8Length(text)).toBe(Buffer.byteLength(text))
    }
    expect(utf8Length('\ud800')).toBeUndefined()
    expect(utf8Length('a\udc00')).toBeUndefined()
    expect(() => ascii('é')).toThrow(RangeError)
    expect(toHex(ascii('A\0'))).toBe('4100')
  })
})
