/** What every part of this adapter works with. */
import type { NodeIdentity } from '../../../core/ports/coordination.js'
import type { Log } from '../../../core/ports/log.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import type { Keys } from './keys.js'
import type { RedisCoordinationLimits } from './limits.js'
import type { Wire } from './wire.js'

export interface Surroundings {
  readonly node: NodeIdentity
  readonly keys: Keys
  readonly limits: RedisCoordinationLimits
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /** For commands that are answered at once. */
  readonly wire: Wire
}

/** Replies are strings, numbers and lists of them; what is of another shape counts as missing. */
export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

export const numberIn = (value: unknown): number => {
  const number = typeof value === 'number' ? value : Number(textIn(value) || Number.NaN)
  return Number.isFinite(number) ? number : 0
}
