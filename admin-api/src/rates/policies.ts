/** Who may ask how often. The names are told in the `RateLimit` headers. */
import type { DurationMs } from '@tillgate/gateway'

import { apiLimits } from '../limits.js'

export interface RatePolicy {
  readonly quota: number
  readonly windowMs: DurationMs
}

const { rateWindowMs: windowMs } = apiLimits

export const ratePolicies = {
  /** Requests with a valid token, by token. */
  token: { quota: apiLimits.requestsPerTokenMax, windowMs },
  /** Requests without a token, by address. */
  address: { quota: apiLimits.requestsPerAddressMax, windowMs },
  /** Requests with a token that opens nothing, by address. Valid ones from there are not touched. */
  'wrong-tokens': { quota: apiLimits.wrongTokensPerAddressMax, windowMs },
  /** Tries to sign in or to activate an account, by address. */
  'sign-ins': { quota: apiLimits.signInsPerAddressMax, windowMs },
  /** A merchant's own page and what is done on it, by address. */
  'merchant-pages': { quota: apiLimits.merchantPagesPerAddressMax, windowMs },
  enrolments: { quota: apiLimits.enrolmentsPerAddressMax, windowMs },
} as const satisfies Readonly<Record<string, RatePolicy>>

export type RatePolicyName = keyof typeof ratePolicies
