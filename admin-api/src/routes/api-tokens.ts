/**
 * /v1/api-tokens: bearer tokens for people and back offices. Nobody grants a scope that the own token
 * lacks. DELETE revokes; the row stays, because its name stands in the ledger.
 */
import Type from 'typebox'
import { uuidToText } from '@tillgate/protocol'

import type { Api } from '../api.js'
import { callerOf, type Caller } from '../auth/gate.js'
import { roleMark, roleNames, roles, type Role } from '../auth/roles.js'
import { holds, scopeNames, type Scope } from '../auth/scopes.js'
import { hashTokenText, makeTokenText } from '../auth/token-text.js'
import { apiLimits } from '../limits.js'
import { invalidField, notFound, problem, refusal } from '../problems/problem.js'
import { uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { apiTokenSchema, madeApiTokenSchema, toApiToken } from '../resources/api-token.js'
import type { ApiServices } from '../services.js'

const newToken = Type.Object(
  {
    name: Type.String({
      pattern: `^[a-z0-9][a-z0-9._@-]{0,${String(apiLimits.nameLengthMax - 1)}}$`,
      description: 'Stands in the ledger as the actor; given once, for ever.',
    }),
    role: Type.Optional(
      Type.Enum([...roleNames], {
        description: roleNames
          .map((role) => `- \`${role}\`: ${roles[role].map((one) => `\`${one}\``).join(' ')}`)
          .join('\n'),
      }),
    ),
    scopes: Type.Optional(
      Type.Array(Type.Enum([...scopeNames]), {
        minItems: 1,
        maxItems: scopeNames.length,
        uniqueItems: true,
        description: 'Required without a role; with one they are added to it.',
      }),
    ),
    expiresInSeconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: apiLimits.tokenLifetimeSecondsMax }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      { name: 'back-office', scopes: ['merchants:read', 'commands:read'] },
      { name: 'zhang.wei', role: 'maker' },
    ],
  },
)

/** Actors that are no token: nobody may sign as them. */
const reservedNames: ReadonlySet<string> = new Set(['terminal', 'gateway', 'merchant'])

interface Grant {
  readonly role?: Role
  readonly scopes?: readonly Scope[]
}

const missingIn = (caller: Caller, scopes: readonly Scope[]): readonly Scope[] =>
  scopes.filter((scope) => !holds(caller.scopes, scope))

/** Nobody gives what the own token lacks, by name or by role. */
const checkGrant = (caller: Caller, { role, scopes = [] }: Grant): void => {
  const errors = [
    { field: 'role', missing: missingIn(caller, role === undefined ? [] : roles[role]) },
    { field: 'scopes', missing: missingIn(caller, scopes) },
  ]
    .filter(({ missing }) => missing.length > 0)
    .map(({ field, missing }) => ({
      field,
      rule: `must be within the own scopes: ${missing.join(', ')}`,
    }))
  if (errors.length > 0) throw problem('FORBIDDEN', { errors })
}

/** As it is stored: the role by name, and what it stands for today. */
const grantedText = ({ role, scopes = [] }: Grant): string => {
  if (role === undefined) return scopes.join(' ')
  return [roleMark(role), ...new Set<Scope>([...roles[role], ...scopes])].join(' ')
}

const addMake = (app: Api, services: ApiServices): void => {
  app.post(
    '/v1/api-tokens',
    {
      schema: {
        operationId: 'createApiToken',
        tags: ['api-tokens'],
        summary: 'Make an API token',
        headers: idempotencyHeaders,
        body: newToken,
        response: { 200: madeApiTokenSchema, 201: madeApiTokenSchema },
      },
      config: { problems: ['DUPLICATE', 'IDEMPOTENCY_MISMATCH'] },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const { name, role, scopes, expiresInSeconds } = request.body
      if (reservedNames.has(name)) throw invalidField('name', 'is reserved')
      if (role === undefined && scopes === undefined) {
        throw invalidField('scopes', 'is required where there is no role')
      }
      const grant = {
        ...(role === undefined ? {} : { role }),
        ...(scopes === undefined ? {} : { scopes }),
      }
      checkGrant(caller, grant)
      const lifetimeSeconds = expiresInSeconds ?? apiLimits.tokenLifetimeSecondsDefault
      const token = makeTokenText(services)
      const uuid = services.ids.next()
      const publicId = uuidToText(uuid)
      const atMs = services.clock.now()
      const result = await services.records.submit('create-api-token', {
        uuid,
        publicId,
        name,
        tokenHash: hashTokenText(services, token),
        scopes: grantedText(grant),
        expiresAtMs: atMs + lifetimeSeconds * 1_000,
        actor: caller.name,
        atMs,
        ...idempotencyOf(services, request),
      })
      if (!result.ok) throw refusal(result, { DUPLICATE: 'name' })
      const replayed = result.publicId !== publicId
      markReplay(reply, replayed)
      const shown = await showToken(services, uuidOf('id', result.publicId))
      return { ...shown, token: replayed ? null : token }
    },
  )
}

const showToken = async ({ records }: ApiServices, uuid: Uint8Array) => {
  const row = await records.read('api-token-by-uuid', { uuid })
  if (row === undefined) throw notFound('id', 'API token')
  return toApiToken(row)
}

const addReads = (app: Api, services: ApiServices): void => {
  app.get(
    '/v1/api-tokens',
    {
      schema: {
        operationId: 'listApiTokens',
        tags: ['api-tokens'],
        summary: 'List API tokens, without their text',
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(apiTokenSchema) },
      },
      config: { problems: ['BAD_CURSOR'] },
    },
    async (request) => {
      const page = await readPage('api-tokens', request.query, (at) =>
        services.records.read('api-tokens', at),
      )
      return { items: page.rows.map(toApiToken), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/api-tokens/:id',
    {
      schema: {
        operationId: 'showApiToken',
        tags: ['api-tokens'],
        summary: 'Show an API token, without its text',
        params: Type.Object({ id: uuidField }),
        response: { 200: apiTokenSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => showToken(services, uuidOf('id', request.params.id)),
  )
}

const addRevoke = (app: Api, services: ApiServices): void => {
  app.delete(
    '/v1/api-tokens/:id',
    {
      schema: {
        operationId: 'revokeApiToken',
        tags: ['api-tokens'],
        summary: 'Revoke an API token',
        description: 'It opens nothing from this answer on. Revoking again changes nothing.',
        params: Type.Object({ id: uuidField }),
        response: { 200: apiTokenSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => {
      const uuid = uuidOf('id', request.params.id)
      const result = await services.records.submit('revoke-api-token', {
        uuid,
        publicId: uuidToText(uuid),
        actor: callerOf(request).name,
        atMs: services.clock.now(),
      })
      if (!result.ok) throw refusal(result, { NOT_FOUND: 'id' })
      return showToken(services, uuid)
    },
  )
}

export const apiTokenRoutes = (app: Api, services: ApiServices): void => {
  addMake(app, services)
  addReads(app, services)
  addRevoke(app, services)
}
