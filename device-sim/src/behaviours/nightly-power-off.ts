/**
 * The shop closes and somebody pulls the plug; in the morning the terminal comes back when its shop
 * opens (domain §8: 60 to 80 % are off from 22:00 to 08:00, and return as a Poisson process).
 */
import type { Prng } from '../system/prng.js'
import type { Behaviour } from './behaviour.js'
import { untilTimeOfDay, zoneMsDefault } from './daily.js'
import { drawnWait } from './now-and-then.js'

export interface NightlyPowerOff {
  readonly prng: Prng
  readonly offHour?: number
  readonly onHour?: number
  readonly zoneMs?: number
  /** How long after the hour the plug is pulled, at most. */
  readonly spreadMs?: number
  /** How long after the morning's hour the shop opens, on average. */
  readonly returnMeanMs?: number
}

const hourMs = 3_600_000

export const nightlyPowerOff = (options: NightlyPowerOff): Behaviour => {
  const { prng, offHour = 22, onHour = 8, zoneMs = zoneMsDefault } = options
  const { spreadMs = hourMs, returnMeanMs = hourMs / 2 } = options
  return {
    name: 'nightly-power-off',
    begin: (hands) => {
      const off = { hour: offHour, zoneMs, laterMs: prng.between(0, spreadMs) }
      hands.after(untilTimeOfDay(hands.look().rtcMs, off), () => {
        const on = { hour: onHour, zoneMs, laterMs: drawnWait(prng, returnMeanMs) }
        hands.reboot(untilTimeOfDay(hands.look().rtcMs, on))
      })
    },
  }
}
