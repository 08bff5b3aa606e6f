// Where a storm's chance comes from: one fixed seed, printed in the names of the tests; TILLGATE_SEED
// tries another. It must never come from the clock.
import { chance } from '../listener/mutations.js'

export type Below = (limit: number) => number

export const seed = process.env['TILLGATE_SEED'] ?? 'hostile-1'

/** The same stream for the same seed and the same purpose (FNV-1a). */
export const chanceOf = (purpose: string): Below => {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(`${seed}/${purpose}`)) {
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  return chance(hash)
}

export const oneOf = <T>(values: readonly T[], below: Below): T => {
  const value = values[below(values.length)]
  if (value === undefined) throw new RangeError('one of nothing')
  return value
}

export const bytesOf = (length: number, below: Below): Buffer =>
  Buffer.from(Array.from({ length }, () => below(256)))
