/**
 * Who asked how often, and who has to wait. A limiter keeps no request back: it says whether one more
 * fits. The embedded one counts in this process; another may count for all nodes together.
 */
import type { Clock, DurationMs, RateAnswer } from '@tillgate/gateway'

import { apiLimits } from '../limits.js'
import { ratePolicies, type RatePolicyName } from './policies.js'

export type { RateAnswer }

export interface RateLimiter {
  /** Takes one of the key's quota, where there is one left. */
  take(policy: RatePolicyName, key: string): Promise<RateAnswer>
}

/**
 * The generic cell rate algorithm: of each key only the moment at which its quota will be full again.
 * A quota refills evenly, so nobody can double it around the end of a window.
 */
export class RatesInMemory implements RateLimiter {
  readonly #clock: Clock
  readonly #fullAt = new Map<string, DurationMs>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  take(policy: RatePolicyName, key: string): Promise<RateAnswer> {
    const { quota, windowMs } = ratePolicies[policy]
    const nowMs = this.#clock.monotonic()
    const name = `${policy} ${key}`
    const intervalMs = windowMs / quota
    const fullAtMs = Math.max(this.#fullAt.get(name) ?? nowMs, nowMs)
    const nextMs = fullAtMs + intervalMs
    const ok = nextMs - nowMs <= windowMs
    const counted = ok ? nextMs : fullAtMs
    this.#keep(name, counted)
    return Promise.resolve({
      ok,
      left: Math.floor((windowMs - (counted - nowMs)) / intervalMs),
      fullInMs: counted - nowMs,
      waitMs: ok ? 0 : nextMs - nowMs - windowMs,
    })
  }

  /** The newest last; what was not asked for longest is forgotten first. */
  #keep(name: string, fullAtMs: DurationMs): void {
    this.#fullAt.delete(name)
    this.#fullAt.set(name, fullAtMs)
    if (this.#fullAt.size <= apiLimits.rateKeysMax) return
    for (const oldest of this.#fullAt.keys()) {
      this.#fullAt.delete(oldest)
      break
    }
  }
}
