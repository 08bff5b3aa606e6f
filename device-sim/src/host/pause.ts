/** Waits by the timers that were given. */
import type { DurationMs, Timers } from '../system/system.js'

export const pause = (timers: Timers, ms: DurationMs): Promise<void> =>
  ms <= 0
    ? Promise.resolve()
    : new Promise((resolve) => {
        timers.after(ms, resolve)
      })
