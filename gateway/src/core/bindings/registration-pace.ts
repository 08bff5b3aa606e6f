/** When a registry that has not answered is asked again. */
import type { DurationMs } from '../ports/system.js'

export const registrationLimits = {
  /** Calls that one turn of the loop makes. */
  callsPerTurnMax: 50,
  /** Doubled with each call, up to the most. */
  retryMs: 5_000,
  retryMsMax: 3_600_000,
} as const

export const registrationRetryMs = (attempts: number): DurationMs =>
  Math.min(registrationLimits.retryMs * 2 ** Math.min(attempts, 20), registrationLimits.retryMsMax)
