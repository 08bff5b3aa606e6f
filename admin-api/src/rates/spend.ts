/**
 * Takes one of a quota for a request, or refuses it with `RATE_LIMITED`. Either way the answer carries
 * what is left (draft-ietf-httpapi-ratelimit-headers): `RateLimit-Policy` and `RateLimit`.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'

import { problem, type ApiProblem } from '../problems/problem.js'
import { addressKey } from './address-key.js'
import { ratePolicies, type RatePolicyName } from './policies.js'
import type { RateAnswer, RateLimiter } from './rate-limiter.js'

const secondsOf = (ms: number): string => String(Math.max(1, Math.ceil(ms / 1_000)))

const headersOf = (policy: RatePolicyName, answer: RateAnswer) => {
  const { quota, windowMs } = ratePolicies[policy]
  return {
    'ratelimit-policy': `"${policy}";q=${String(quota)};w=${secondsOf(windowMs)}`,
    ratelimit: `"${policy}";r=${String(answer.left)};t=${String(Math.ceil(answer.fullInMs / 1_000))}`,
  }
}

export const rateLimited = (answer: Pick<RateAnswer, 'waitMs'>): ApiProblem =>
  problem('RATE_LIMITED', { headers: { 'retry-after': secondsOf(answer.waitMs) } })

export const spend = async (
  rates: RateLimiter,
  policy: RatePolicyName,
  { key, reply }: { readonly key: string; readonly reply: FastifyReply },
): Promise<void> => {
  const answer = await rates.take(policy, key)
  void reply.headers(headersOf(policy, answer))
  if (!answer.ok) throw rateLimited(answer)
}

/** A token that opens nothing: a guess, counted against the address. */
export const spendGuess = async (rates: RateLimiter, address: string): Promise<void> => {
  const answer = await rates.take('wrong-tokens', addressKey(address))
  if (!answer.ok) throw rateLimited(answer)
}

export const keyOf = (request: FastifyRequest): string => addressKey(request.ip)
