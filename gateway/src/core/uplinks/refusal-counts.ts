/** How many uplinks were refused since the start, by code. As many entries as the catalogue has codes. */
import type { ErrorCode } from '@tillgate/protocol'

import type { UplinkOutcome } from '../ports/link.js'

export interface RefusalCounts {
  /** Counts it where it is a refusal, and gives it back. */
  counted(outcome: UplinkOutcome): UplinkOutcome
  snapshot(): ReadonlyMap<ErrorCode, number>
}

export const createRefusalCounts = (): RefusalCounts => {
  const counts = new Map<ErrorCode, number>()
  return {
    counted(outcome) {
      if (!outcome.ok) counts.set(outcome.code, (counts.get(outcome.code) ?? 0) + 1)
      return outcome
    },
    snapshot: () => new Map(counts),
  }
}
