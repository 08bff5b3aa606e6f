/**
 * How many terminals may be between `Proceed` and proof at present: reckoned from how many are in service,
 * which is counted anew now and then. The brake itself is exact; only its share of the fleet is some
 * seconds old.
 */
import type { Records } from '../ports/records.js'
import type { Clock, DurationMs } from '../ports/system.js'
import { brakeLimit } from './brake.js'
import type { BrakePolicy } from './policy.js'

const freshMs: DurationMs = 60_000

export interface BrakeGauge {
  limit(): Promise<number>
}

export const createBrakeGauge = (ports: {
  readonly records: Records
  readonly clock: Clock
  readonly policy: BrakePolicy
}): BrakeGauge => {
  let countedAt: DurationMs | undefined
  let inService = 0
  return {
    async limit() {
      const now = ports.clock.monotonic()
      if (countedAt === undefined || now - countedAt >= freshMs) {
        countedAt = now
        inService = await ports.records.read('bindings-in-service', {})
      }
      return brakeLimit(ports.policy, inService)
    },
  }
}
