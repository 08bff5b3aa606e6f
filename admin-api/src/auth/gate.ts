/**
 * The gate before every route: finds out who calls and whether the token has the route's scope. It
 * runs before the body is read. Nothing is cached: each request asks the records, so a revoked token
 * opens nothing from the commit of its revocation on.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { uuidToText } from '@tillgate/protocol'

import { problem } from '../problems/problem.js'
import type { ApiServices } from '../services.js'
import { holds, isScope, type Access, type Scope } from './scopes.js'
import { hashTokenText } from './token-text.js'

export interface Caller {
  readonly tokenId: string
  readonly tokenUuid: Uint8Array
  /** The token's name: the actor of every event that the request leads to. */
  readonly name: string
  readonly scopes: ReadonlySet<Scope>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** Null before the gate, and on public routes. */
    caller: Caller | null
  }
}

/** RFC 6750 §2.1; the scheme's case does not matter, the rest does. */
const bearerText = (header: string | undefined): string => {
  const match = /^bearer ([!-~]{1,512})$/i.exec(header ?? '')
  return match?.[1] ?? ''
}

const identify = async (
  services: ApiServices,
  header: string | undefined,
): Promise<Caller | undefined> => {
  const tokenHash = hashTokenText(services, bearerText(header))
  const row = await services.records.read('api-token-by-hash', { tokenHash })
  if (row === undefined || row.revokedAtMs !== null) return undefined
  if (row.expiresAtMs <= services.clock.now()) return undefined
  return {
    tokenId: uuidToText(row.uuid),
    tokenUuid: row.uuid,
    name: row.name,
    scopes: new Set(row.scopes.split(' ').filter(isScope)),
  }
}

export const addGate = (app: FastifyInstance, services: ApiServices): void => {
  app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    // Unknown paths have no line; they are answered 404 without asking who calls.
    if (access === undefined || access === 'public') return
    const caller = await identify(services, request.headers.authorization)
    if (caller === undefined) throw problem('UNAUTHENTICATED')
    request.caller = caller
    requireScope(caller, access)
  })
}

export const requireScope = (caller: Caller, scope: Scope): void => {
  if (holds(caller.scopes, scope)) return
  throw problem('FORBIDDEN', { detail: `The token lacks the scope ${scope}.` })
}

/** On a route that is not public there is always one; anything else is a bug. */
export const callerOf = (request: FastifyRequest): Caller => {
  if (request.caller === null) throw new Error('no caller: the route is public')
  return request.caller
}
