/**
 * The gate before every route: finds out who calls, whether the token has the route's scope, and
 * whether it has asked too often. It runs before the body is read. Nothing is cached: each request
 * asks the records, so a revoked token opens nothing from the commit of its revocation on.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { uuidToText } from '@tillgate/protocol'
import { isSessionText, type SignedIn } from '@tillgate/gateway'

import { problem } from '../problems/problem.js'
import type { RatePolicyName } from '../rates/policies.js'
import type { RateLimiter } from '../rates/rate-limiter.js'
import { keyOf, spend, spendGuess } from '../rates/spend.js'
import type { ApiServices } from '../services.js'
import { isPersonScope, scopesOfPerson, type PersonScope } from './person-scopes.js'
import { holds, isScope, type Access, type Scope } from './scopes.js'
import { hashTokenText } from './token-text.js'

export interface Caller {
  readonly tokenId: string
  readonly tokenUuid: Uint8Array
  /** The token's name: the actor of every event that the request leads to. */
  readonly name: string
  readonly scopes: ReadonlySet<Scope | PersonScope>
  /** Where a person has signed in: not a token. */
  readonly person?: SignedIn
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** What a route without a token is counted under; `address` where it says nothing. */
    rate?: RatePolicyName | 'none'
    /** The token may come in the first message of a WebSocket instead. */
    tokenInMessage?: boolean
  }
  interface FastifyRequest {
    /** Null before the gate, and on public routes. */
    caller: Caller | null
  }
}

export interface GateParts {
  readonly services: ApiServices
  readonly rates: RateLimiter
}

/** RFC 6750 §2.1; the scheme's case does not matter, the rest does. */
const bearerText = (header: string): string => {
  const match = /^bearer ([!-~]{1,512})$/i.exec(header)
  return match?.[1] ?? ''
}

/** All sessions of a person count as one caller. */
const holderOfSession = async (
  { people }: Pick<ApiServices, 'people'>,
  text: string,
): Promise<Caller | undefined> => {
  const person = await people.holderOf(text)
  if (person === undefined) return undefined
  const { uuid, login } = person.user
  const scopes = scopesOfPerson(person.user)
  return { tokenId: uuidToText(uuid), tokenUuid: uuid, name: login, scopes, person }
}

/** Who has this token; undefined where it opens nothing (any more). */
export const holderOf = async (
  services: Pick<ApiServices, 'records' | 'clock' | 'digest' | 'people'>,
  tokenText: string,
): Promise<Caller | undefined> => {
  if (isSessionText(tokenText)) return holderOfSession(services, tokenText)
  const { records, clock, digest } = services
  const tokenHash = hashTokenText({ digest }, tokenText)
  const row = await records.read('api-token-by-hash', { tokenHash })
  if (row === undefined || row.revokedAtMs !== null) return undefined
  if (row.expiresAtMs <= clock.now()) return undefined
  return {
    tokenId: uuidToText(row.uuid),
    tokenUuid: row.uuid,
    name: row.name,
    scopes: new Set(row.scopes.split(' ').filter(isScope)),
  }
}

/** As `holderOf`; who tries tokens that open nothing is slowed down by address. */
export const identify = async (
  { services, rates }: GateParts,
  tokenText: string,
  address: string,
): Promise<Caller> => {
  const caller = await holderOf(services, tokenText)
  if (caller !== undefined) return caller
  await spendGuess(rates, address)
  throw problem('UNAUTHENTICATED')
}

const isUpgrade = ({ headers }: FastifyRequest): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket'

const passGuarded = async (
  parts: GateParts,
  access: Scope | PersonScope,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<void> => {
  const { authorization } = request.headers
  if (authorization === undefined) {
    await spend(parts.rates, 'address', { key: keyOf(request), reply })
    if (request.routeOptions.config.tokenInMessage === true && isUpgrade(request)) return
    throw problem('UNAUTHENTICATED')
  }
  const caller = await identify(parts, bearerText(authorization), request.ip)
  request.caller = caller
  await spend(parts.rates, 'token', { key: caller.tokenId, reply })
  requireScope(caller, access)
}

export const addGate = (app: FastifyInstance, parts: GateParts): void => {
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request, reply) => {
    // Unknown paths have no line; they are answered 404 without asking who calls.
    const { access = 'public', rate = 'address' } = request.routeOptions.config
    if (access !== 'public') return passGuarded(parts, access, { request, reply })
    if (rate !== 'none') await spend(parts.rates, rate, { key: keyOf(request), reply })
  })
}

export const requireScope = (caller: Caller, scope: Scope | PersonScope): void => {
  if (isPersonScope(scope) && caller.person === undefined) throw problem('PERSON_REQUIRED')
  if (holds(caller.scopes, scope)) return
  throw problem('FORBIDDEN', { detail: `The token lacks the scope ${scope}.` })
}

/** On a route that is not public there is always one; anything else is a bug. */
export const callerOf = (request: FastifyRequest): Caller => {
  if (request.caller === null) throw new Error('no caller: the route is public')
  return request.caller
}
