/**
 * How many alarms of one terminal, and how many of its Hellos, become durable in a minute (I7): whoever may
 * connect must not be able to fill the ledger. What is beyond is counted in the log alone.
 */
import { coreLimits } from '../limits.js'
import type { Clock } from '../ports/system.js'

export interface MinuteBudget {
  /** True where this terminal may write one more. */
  take(terminalId: number): boolean
  isSpent(terminalId: number): boolean
}

const minuteMs = 60_000

const createMinuteBudget = (clock: Clock, most: number): MinuteBudget => {
  let minute = 0
  let taken = new Map<number, number>()
  const takenBy = (terminalId: number): number => {
    const now = Math.floor(clock.monotonic() / minuteMs)
    if (now !== minute) {
      minute = now
      taken = new Map()
    }
    return taken.get(terminalId) ?? 0
  }
  return {
    take(terminalId) {
      const count = takenBy(terminalId) + 1
      taken.set(terminalId, count)
      return count <= most
    },
    isSpent: (terminalId) => takenBy(terminalId) >= most,
  }
}

export const createAlarmBudget = (clock: Clock): MinuteBudget =>
  createMinuteBudget(clock, coreLimits.alarmsPerMinuteMax)

export const createHelloBudget = (clock: Clock): MinuteBudget =>
  createMinuteBudget(clock, coreLimits.hellosPerMinuteMax)
