/**
 * Stands in for SMS and mail where there are none: it keeps the last notices in memory, answers yes, and
 * the same again to a repeated key. Nobody gets them.
 */
import type { Notice, Notices } from '../../core/ports/notices.js'

export const recorderNoticesLimits = {
  /** Beyond it the notice sent longest ago is forgotten. */
  noticesMax: 10_000,
} as const

export interface RecorderNotices extends Notices {
  /** The oldest first, each key once. */
  sent(): readonly Notice[]
}

interface Kept {
  readonly notice: Notice
  readonly reference: string
}

export const createRecorderNotices = (
  noticesMax: number = recorderNoticesLimits.noticesMax,
): RecorderNotices => {
  const kept = new Map<string, Kept>()
  let made = 0
  return {
    send: (notice) => {
      const { idempotencyKey } = notice
      const known = kept.get(idempotencyKey)
      if (known !== undefined) return Promise.resolve({ ok: true, reference: known.reference })
      made += 1
      const reference = `recorded-${String(made)}`
      kept.set(idempotencyKey, { notice, reference })
      const [oldest] = kept.keys()
      if (kept.size > noticesMax && oldest !== undefined) kept.delete(oldest)
      return Promise.resolve({ ok: true, reference })
    },
    sent: () => [...kept.values()].map(({ notice }) => notice),
  }
}
