/**
 * Counts for all nodes together where they share a place to count in, and in this process where they
 * don't, or while that place is out of reach: a limit is then held by each node alone, and no request
 * waits or fails for it.
 */
import type { NodeServices } from '@tillgate/gateway'

import { ratePolicies, type RatePolicyName } from './policies.js'
import type { RateAnswer, RateLimiter } from './rate-limiter.js'

export class SharedRates implements RateLimiter {
  readonly #shared: NodeServices['rates']
  readonly #own: RateLimiter

  constructor(shared: NodeServices['rates'], own: RateLimiter) {
    this.#shared = shared
    this.#own = own
  }

  async take(policy: RatePolicyName, key: string): Promise<RateAnswer> {
    const question = { key: `${policy} ${key}`, ...ratePolicies[policy] }
    return (await this.#shared.take(question)) ?? this.#own.take(policy, key)
  }
}
