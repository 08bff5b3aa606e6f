import { describe, expect, it } from 'vitest'
import { derBits, derParts, derTag, derValue, derValues } from './der.js'

const bytes = (...values: number[]) => Uint8Array.from(values)

describe('reading DER', () => {
  it('cuts values without copying or re-encoding them', () => {
    const input = bytes(0x30, 5, 0x02, 1, 0, 0x05, 0)
    const value = derValue(input, derTag.sequence)
    expect(value?.whole).toEqual(input)
    expect(derParts(value, derTag.sequence)?.map((part) => part.tag)).toEqual([0x02, 0x05])
  })

  it('reads lengths of two and three bytes', () => {
    const long = new Uint8Array(4 + 300)
    long.set([0x04, 0x82, 300 >> 8, 300 & 0xff])
    expect(derValue(long, 0x04)?.content.length).toBe(300)
  })

  it.each([
    ['an indefinite length', bytes(0x30, 0x80, 0, 0)],
    ['a long form where the short one does', bytes(0x04, 0x81, 1, 9)],
    ['a leading zero in the length', bytes(0x04, 0x82, 0, 1, 9)],
    ['a length beyond the end', bytes(0x04, 5, 1, 2)],
    ['a length of four bytes', bytes(0x04, 0x84, 0, 0, 0, 1, 9)],
    ['a length that is cut', bytes(0x04, 0x82, 1)],
    ['a tag number above 30', bytes(0x1f, 0x81, 1, 0)],
    ['a tag alone', bytes(0x04)],
  ])('refuses %s', (_, input) => {
    expect(derValues(input)).toBeUndefined()
  })

  it('refuses bytes behind the one value, and another tag', () => {
    expect(derValue(bytes(0x05, 0, 0x05, 0), derTag.null)).toBeUndefined()
    expect(derValue(bytes(0x05, 0), derTag.oid)).toBeUndefined()
    expect(derValue(bytes(), derTag.null)).toBeUndefined()
  })

  it('takes a bit string of whole bytes only', () => {
    const of = (...content: number[]) =>
      derBits(derValues(bytes(0x03, content.length, ...content))?.[0])
    expect(of(0, 0xaa)).toEqual(bytes(0xaa))
    expect(of(1, 0xaa)).toBeUndefined()
    expect(of()).toBeUndefined()
  })
})
