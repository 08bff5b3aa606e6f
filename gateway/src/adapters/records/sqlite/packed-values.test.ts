// Packed values: what goes in comes out, as structured clone would have it, or is refused.
import { describe, expect, it } from 'vitest'
import { packValue, Unpackable, unpackValue } from './packed-values.js'

const there = (value: unknown): unknown => unpackValue(packValue(value))

const leaves: readonly unknown[] = [
  ...[undefined, null, true, false, 0, -0, 1, -1, 255, 256, NaN, Infinity, -Infinity, 0.1],
  ...[2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32, Number.MAX_SAFE_INTEGER],
  ...['', 'a', '\u007f', '\u0080', 'ÿ', '终端', '😀', 'x'.repeat(96), 'x'.repeat(97)],
  ...['终'.repeat(40), '终'.repeat(200), '\u0000'],
  ...[0, 1, 16, 64, 65, 300].map((length) => new Uint8Array(length).fill(length)),
]

/** Every leaf in lists and fields of several depths, under names that come again. */
const nested: readonly unknown[] = [
  leaves,
  [],
  {},
  Object.fromEntries(leaves.map((leaf, place) => [`field${String(place)}`, leaf])),
  leaves.map((leaf, place) => ({ id: place, leaf, more: [leaf, { leaf, 终端: leaf }] })),
  { '': { '': { '': [[[]]] } } },
]

describe('a packed value', () => {
  it('comes out as structured clone would bring it', () => {
    for (const value of [...leaves, ...nested]) {
      expect(there(value)).toStrictEqual(structuredClone(value))
    }
  })

  it('keeps nothing of the value before, whatever became of that', () => {
    expect(() => packValue({ first: 1, second: () => 1 })).toThrow(Unpackable)
    expect(there({ second: 2, first: 1 })).toStrictEqual({ second: 2, first: 1 })
  })

  it('gives every list of bytes a buffer of its own', () => {
    const pool = new Uint8Array(4_096).fill(7)
    const [short, long] = there([pool.subarray(10, 26), pool.subarray(0, 400)]) as Uint8Array[]
    expect([short?.buffer.byteLength, long?.buffer.byteLength]).toEqual([16, 400])
    expect(packValue(pool.subarray(0, 3)).buffer.byteLength).toBeLessThan(16)
  })

  it('may be larger than the room that lies ready', () => {
    const length = 70_000
    const large = Array.from({ length: 20 }, (_, fill) => new Uint8Array(length).fill(fill))
    const came = there(large) as Uint8Array[]
    expect(came.map((bytes) => [bytes.length, bytes[length - 1]])).toEqual(
      large.map((_, fill) => [length, fill]),
    )
  })
})

describe('what is no plain data', () => {
  class Own {
    readonly value = 1
  }
  const circle: Record<string, unknown> = {}
  circle['again'] = circle

  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('no')],
    ['a big integer', 1n],
    ['a Map', new Map()],
    ['a Date', new Date(0)],
    ['an object of a class', new Own()],
    ['other typed arrays', new Uint16Array(2)],
    ['a circle', circle],
    ['a prototype', JSON.parse('{"__proto__":1}') as unknown],
    ['half a character', 'a\ud800'.repeat(100)],
    ['half a character in a short text', '\udc00'],
  ])('is refused: %s', (_, value) => {
    expect(() => packValue({ value })).toThrow(Unpackable)
  })
})
