import { describe, expect, it } from 'vitest'
import { createPrng } from './prng.js'

describe('chance from a seed', () => {
  it('repeats the whole stream for the same seed and another for another', () => {
    const draw = (seed: string) => createPrng(seed).bytes(64)
    expect(draw('a')).toEqual(draw('a'))
    expect(draw('a')).not.toEqual(draw('b'))
  })

  it('keeps forks apart: drawing from one does not move the other', () => {
    const one = createPrng(7)
    const fork = one.fork('terminal 3')
    const first = fork.uint32()
    const other = createPrng(7)
    for (let i = 0; i < 10; i++) other.uint32()
    expect(other.fork('terminal 3').uint32()).toBe(first)
    expect(other.fork('terminal 4').uint32()).not.toBe(first)
  })

  it('spreads evenly enough for rates to mean what they say', () => {
    const prng = createPrng(1)
    let hits = 0
    for (let i = 0; i < 20_000; i++) if (prng.chance(0.1)) hits++
    expect(hits).toBeGreaterThan(1_800)
    expect(hits).toBeLessThan(2_200)
    const seen = new Set(Array.from({ length: 200 }, () => prng.between(3, 5)))
    expect([...seen].sort()).toEqual([3, 4, 5])
  })
})
