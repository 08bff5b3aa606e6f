/** How long an attempt waits for the next: growing, capped, jittered, and no sooner than the receiver asks. */
import type { Clock, DurationMs, Entropy } from '../../core/ports/system.js'
import type { HookLimits } from './limits.js'

/** Seconds, or a date (RFC 9110 §10.2.3); undefined where it is neither, or absent. */
export const retryAfterMs = (text: string | undefined, clock: Clock): DurationMs | undefined => {
  if (text === undefined) return undefined
  if (/^[0-9]{1,9}$/.test(text)) return Number(text) * 1_000
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - clock.now())
}

/** Between half of it and all of it, so that many calls do not come back together. */
const jittered = (ms: DurationMs, entropy: Entropy): DurationMs => {
  const [high = 0, low = 0] = entropy.bytes(2)
  return (ms * (1 + (high * 256 + low) / 65_535)) / 2
}

export const pauseAfter = (
  attempt: number,
  limits: Pick<HookLimits, 'pauseMs' | 'pauseMsMax'>,
  entropy: Entropy,
): DurationMs => jittered(Math.min(limits.pauseMsMax, limits.pauseMs * 2 ** (attempt - 1)), entropy)
