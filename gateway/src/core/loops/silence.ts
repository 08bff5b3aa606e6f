/** For how long something outside has given no answer. Forgotten at a restart: then it is asked sooner, once. */
import type { Clock, DurationMs } from '../ports/system.js'

export interface Silence {
  /** What has just come of asking; answered with how long nothing has come, in whole ms, 0 where something has. */
  heard(isAnswer: boolean): DurationMs
}

export const createSilence = (clock: Clock): Silence => {
  let since: DurationMs | undefined
  return {
    heard(isAnswer) {
      if (isAnswer) {
        since = undefined
        return 0
      }
      since ??= clock.monotonic()
      // The records keep whole numbers, and a monotonic clock counts in fractions.
      return Math.floor(clock.monotonic() - since)
    },
  }
}
