/**
 * How many alarms of one terminal become durable in a minute (I7): whoever may connect must not be able
 * to fill the ledger with forged messages. What is beyond is counted in the log alone.
 */
import { coreLimits } from '../limits.js'
import type { Clock } from '../ports/system.js'

export interface AlarmBudget {
  /** True where this terminal may write one more. */
  take(terminalId: number): boolean
}

const minuteMs = 60_000

export const createAlarmBudget = (clock: Clock): AlarmBudget => {
  let minute = 0
  let taken = new Map<number, number>()
  return {
    take(terminalId) {
      const now = Math.floor(clock.monotonic() / minuteMs)
      if (now !== minute) {
        minute = now
        taken = new Map()
      }
      const count = (taken.get(terminalId) ?? 0) + 1
      taken.set(terminalId, count)
      return count <= coreLimits.alarmsPerMinuteMax
    },
  }
}
