/**
 * The security reboot that card schemes ask for, at the same hour of every day (domain §8: once in 24 h,
 * default hour 06:00). Without a spread the whole fleet goes and comes back at once; by a wrong clock
 * it happens at a wrong hour.
 */
import type { Prng } from '../system/prng.js'
import type { Behaviour } from './behaviour.js'
import { untilTimeOfDay, zoneMsDefault } from './daily.js'

export interface RebootsDaily {
  readonly prng: Prng
  readonly hour?: number
  readonly zoneMs?: number
  /** Each terminal has its own moment within this time after the hour. */
  readonly spreadMs?: number
  readonly offMs?: number
}

const offMsDefault = 45_000

export const rebootsDaily = (options: RebootsDaily): Behaviour => {
  const { prng, hour = 6, zoneMs = zoneMsDefault, spreadMs = 0, offMs = offMsDefault } = options
  const at = { hour, zoneMs, laterMs: prng.between(0, spreadMs) }
  return {
    name: 'reboots-daily',
    begin: (hands) =>
      hands.after(untilTimeOfDay(hands.look().rtcMs, at), () => hands.reboot(offMs)),
  }
}
