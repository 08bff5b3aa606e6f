/** When it is so late again, by the terminal's own clock in the zone where it stands. */
import type { DurationMs, EpochMs } from '../system/system.js'

const dayMs = 86_400_000
const hourMs = 3_600_000

/** China has one zone. */
export const zoneMsDefault = 8 * hourMs

export interface TimeOfDay {
  readonly hour: number
  readonly zoneMs: DurationMs
  /** After the full hour. */
  readonly laterMs: DurationMs
}

/** More than nothing, at most a day. */
export const untilTimeOfDay = (
  rtcMs: EpochMs,
  { hour, zoneMs, laterMs }: TimeOfDay,
): DurationMs => {
  const wanted = hour * hourMs + laterMs
  const left = (wanted - (rtcMs + zoneMs)) % dayMs
  return left > 0 ? left : left + dayMs
}
