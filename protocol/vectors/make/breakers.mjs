// The ways to break a field, by the kind of rule that it has. The limits are written out here again,
// by hand, on purpose: they are compared with the product's by running it over the vectors.
import { filled } from './bytes.mjs'

/** 2^53 and 2^64 - 1, as halves: what a JavaScript number cannot hold. */
const above = [
  ['is 2^53', { low: 0, high: 0x200000 }],
  ['is 2^64 - 1', { low: -1, high: -1 }],
]

export const exact = (length) => [
  ['is missing', filled(0)],
  ['is a byte short', filled(length - 1)],
  ['is a byte long', filled(length + 1)],
]

export const optional = (length) => [
  ['is a byte short', filled(length - 1)],
  ['is a byte long', filled(length + 1)],
]

export const blob = (min, max) => [
  ...(min > 0 ? [['is too short', filled(min - 1)]] : []),
  ['is too long', filled(max + 1)],
]

/** A 64-bit number that uses all of 2^53 - 1. */
export const wide = (min) => [...(min > 0 ? [['is zero', 0]] : []), ...above]

/** A number with a ceiling of its own, in a 32-bit field. */
export const range = (min, max) => [
  ...(min > 0 ? [['is too small', min - 1]] : []),
  ['is too large', max + 1],
]

/** All of a 32-bit field, but not zero. */
export const positive = () => [['is zero', 0]]

/** Nothing on the wire can break it. */
export const free = () => []

export const signed = () => [
  ['is 2^53', { low: 0, high: 0x200000 }],
  ['is -2^53', { low: 0, high: -0x200000 }],
  ['is -2^63', { low: 0, high: -0x80000000 }],
]

export const printable = (min, max) => [
  ...(min > 0 ? [['is empty', '']] : []),
  ['is too long', 'x'.repeat(max + 1)],
  ['has a line feed', 'x\ny'],
  ['is not ASCII', 'é'],
]

export const token = (min, max) => [
  ...(min > 0 ? [['is empty', '']] : []),
  ['is too long', 'x'.repeat(max + 1)],
  ['has a space', 'a b'],
]

export const unicode = (min, max) => [
  ...(min > 0 ? [['is empty', '']] : []),
  ['is too long in bytes', '店'.repeat(Math.floor(max / 3) + 1)],
  ['has a control character', 'a\u0085b'],
  ['holds the mark of damaged UTF-8', 'caf\ufffd'],
  ['has a line separator', 'a\u2028b'],
]

export const name = () => [
  ['is zero', 0],
  ['is unknown', 200],
]

/** Too many entries; the entries themselves have paths of their own. */
export const list = (max, entry) => [['has too many entries', Array.from({ length: max + 1 }, () => entry)]]
