/**
 * Reproducible chance: sfc32 (Chris Doty-Humphrey's Small Fast Counter, 32 bit), one seed, one
 * stream. Never for keys that protect anything: whoever knows the seed knows every byte.
 */
import type { Entropy } from './system.js'

export interface Prng extends Entropy {
  /** A whole number, 0 to 2^32 - 1. */
  uint32(): number
  /** 0 up to, not including, 1. */
  float(): number
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number
  /** True in `rate` of all cases, 0 to 1. */
  chance(rate: number): boolean
  pick<T>(from: readonly T[]): T
  /** A stream of its own by name: drawing from one does not move the other. */
  fork(name: string): Prng
}

/** xmur3-like mixing of a text into one 32-bit word; `salt` makes several words of one text. */
const hashText = (text: string, salt: number): number => {
  let h = 0x9e3779b9 ^ salt
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0xcc9e2d51)
    h = (h << 13) | (h >>> 19)
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const warmUpDraws = 15

export const createPrng = (seed: string | number): Prng => {
  const text = String(seed)
  let a = hashText(text, 1)
  let b = hashText(text, 2)
  let c = hashText(text, 3)
  let counter = 1

  const uint32 = (): number => {
    const mixed = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + mixed) | 0
    return mixed >>> 0
  }
  for (let i = 0; i < warmUpDraws; i++) uint32()

  const float = (): number => uint32() / 2 ** 32
  const between = (min: number, max: number): number => min + Math.floor(float() * (max - min + 1))

  return {
    uint32,
    float,
    between,
    chance: (rate) => float() < rate,
    pick: <T>(from: readonly T[]): T => {
      const picked = from[between(0, from.length - 1)]
      if (picked === undefined) throw new RangeError('prng: nothing to pick from')
      return picked
    },
    bytes: (length) => {
      const bytes = new Uint8Array(length)
      for (let i = 0; i < length; i++) bytes[i] = uint32()
      return bytes
    },
    fork: (name) => createPrng(`${text}/${name}`),
  }
}
