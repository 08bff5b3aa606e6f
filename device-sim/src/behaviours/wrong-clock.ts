/**
 * A wall clock that is wrong: in another zone, drifting, or at 1970 after its cell has died. Nothing that
 * judges a command may notice: those look at the time of the Welcome alone (domain §8: ±2 s a day;
 * 1 % wrong zone; 0.2 % at 1970).
 */
import type { Behaviour } from './behaviour.js'

export interface WrongClock {
  readonly offsetMs?: number
  readonly driftMsPerDay?: number
  /** Begins at this time when it is switched on for the first time, and runs from there. */
  readonly startsAtMs?: number
}

const dayMs = 86_400_000

export const wrongClock = (options: WrongClock): Behaviour => {
  const { offsetMs = 0, driftMsPerDay = 0, startsAtMs } = options
  return {
    name: 'wrong-clock',
    clock: (clock) => {
      const begunMs = clock.monotonic()
      const right = (): number =>
        startsAtMs === undefined ? clock.now() : startsAtMs + clock.monotonic() - begunMs
      return {
        monotonic: () => clock.monotonic(),
        now: () => right() + offsetMs + ((clock.monotonic() - begunMs) / dayMs) * driftMsPerDay,
      }
    },
  }
}
