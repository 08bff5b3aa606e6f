/**
 * /v1/users: people who sign in. An administrator lets them in with an activation text that is shown once;
 * nobody changes himself. A user is never deleted: the login stands in the ledger.
 */
import Type from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import { rolesFault, rolesText, type PersonRole } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { apiLimits } from '../limits.js'
import { invalidField, notFound, refusal } from '../problems/problem.js'
import { acquirerCodeField, line, uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { loginField, rolesField } from '../requests/person.js'
import { invitedUserSchema, toUser, userSchema } from '../resources/user.js'
import type { ApiServices } from '../services.js'

const agentIdField = line(apiLimits.nameLengthMax, { examples: ['AGENT-7'] })
const orNull = <T extends ReturnType<typeof line>>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()]))

const newUser = Type.Object(
  {
    login: loginField,
    name: line(apiLimits.nameLengthMax),
    roles: rolesField,
    agentId: orNull(agentIdField),
    acquirerCode: orNull(acquirerCodeField),
  },
  {
    additionalProperties: false,
    examples: [{ login: 'li.na', name: '李娜', roles: ['approver'] }],
  },
)

const userChange = Type.Object(
  {
    roles: Type.Optional(rolesField),
    agentId: orNull(agentIdField),
    acquirerCode: orNull(acquirerCodeField),
    state: Type.Optional(Type.Enum(['ACTIVE', 'LOCKED', 'LEFT'])),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ state: 'LOCKED' }] },
)

const resetBody = Type.Object(
  { reason: line(apiLimits.nameLengthMax) },
  { additionalProperties: false, examples: [{ reason: 'lost the phone' }] },
)

const faults = {
  none: 'must name a role',
  'agent-approves': 'an agent never approves and never administers',
  'agent-id': 'agentId is given exactly where the role agent is',
} as const

const checkRoles = (roles: readonly PersonRole[], agentId: string | null): void => {
  const fault = rolesFault(roles, agentId)
  if (fault !== undefined) throw invalidField('roles', faults[fault])
}

const reserved: ReadonlySet<string> = new Set(['terminal', 'gateway', 'merchant'])

const userOf = async ({ records }: ApiServices, id: string) => {
  const row = await records.read('user-by-uuid', { uuid: uuidOf('id', id) })
  if (row === undefined) throw notFound('id', 'user')
  return row
}

const addInvite = (app: Api, services: ApiServices): void => {
  app.post(
    '/v1/users',
    {
      schema: {
        operationId: 'createUser',
        tags: ['users'],
        summary: 'Let a person in',
        headers: idempotencyHeaders,
        body: newUser,
        response: { 200: invitedUserSchema, 201: invitedUserSchema },
      },
      config: { problems: ['DUPLICATE', 'IDEMPOTENCY_MISMATCH'] },
    },
    async (request, reply) => {
      const { login, name, roles, agentId = null, acquirerCode = null } = request.body
      if (reserved.has(login)) throw invalidField('login', 'is reserved')
      checkRoles(roles, agentId)
      const { text, ...activation } = services.people.makeActivation()
      const uuid = services.ids.next()
      const publicId = uuidToText(uuid)
      const made = await services.records.submit('create-user', {
        ...{ uuid, publicId, login, name, agentId, acquirerCode, ...activation },
        roles: rolesText(roles),
        actor: callerOf(request).name,
        atMs: services.clock.now(),
        ...idempotencyOf(services, request),
      })
      if (!made.ok) throw refusal(made, { DUPLICATE: 'login' })
      const replayed = made.publicId !== publicId
      markReplay(reply, replayed)
      const shown = toUser(await userOf(services, made.publicId))
      return { ...shown, activation: replayed ? null : text }
    },
  )
}

const addReads = (app: Api, services: ApiServices): void => {
  app.get(
    '/v1/users',
    {
      schema: {
        operationId: 'listUsers',
        tags: ['users'],
        summary: 'List people',
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(userSchema) },
      },
      config: { problems: ['BAD_CURSOR'] },
    },
    async (request) => {
      const { rows, nextCursor } = await readPage('users', request.query, (at) =>
        services.records.read('users', at),
      )
      return { items: rows.map(toUser), nextCursor }
    },
  )
  app.get(
    '/v1/users/:id',
    {
      schema: {
        operationId: 'showUser',
        tags: ['users'],
        summary: 'Show a person',
        params: Type.Object({ id: uuidField }),
        response: { 200: userSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => toUser(await userOf(services, request.params.id)),
  )
}

const changeProblems = ['NOT_FOUND', 'ILLEGAL_STATE', 'OWN_REQUEST'] as const
const aboutTheUser = { NOT_FOUND: 'id', ILLEGAL_STATE: 'id', OWN_REQUEST: 'id' } as const

const addChanges = (app: Api, services: ApiServices): void => {
  app.post(
    '/v1/users/:id/change',
    {
      schema: {
        operationId: 'changeUser',
        tags: ['users'],
        summary: 'Give other roles, lock, unlock, or let go',
        description: 'Roles count at once. A lock and a farewell end all sessions.',
        params: Type.Object({ id: uuidField }),
        body: userChange,
        response: { 200: userSchema },
      },
      config: { problems: changeProblems },
    },
    async (request) => {
      const before = toUser(await userOf(services, request.params.id))
      const { roles, ...others } = request.body
      const { agentId = before.agentId } = others
      checkRoles(roles ?? before.roles, agentId)
      const changed = await services.records.submit('change-user', {
        uuid: uuidOf('id', request.params.id),
        ...others,
        ...(roles === undefined ? {} : { roles: rolesText(roles) }),
        actor: callerOf(request).name,
        atMs: services.clock.now(),
      })
      if (!changed.ok) throw refusal(changed, aboutTheUser)
      return toUser(await userOf(services, request.params.id))
    },
  )
  app.post(
    '/v1/users/:id/reset',
    {
      schema: {
        operationId: 'resetUser',
        tags: ['users'],
        summary: "Throw a person's password and one-time secret away",
        description: 'Raises an alarm: whoever holds the new activation text is this user.',
        params: Type.Object({ id: uuidField }),
        body: resetBody,
        response: { 200: invitedUserSchema },
      },
      config: { problems: changeProblems },
    },
    async (request) => {
      const { text, ...activation } = services.people.makeActivation()
      const reset = await services.records.submit('reset-user', {
        uuid: uuidOf('id', request.params.id),
        ...activation,
        reason: request.body.reason,
        actor: callerOf(request).name,
        atMs: services.clock.now(),
      })
      if (!reset.ok) throw refusal(reset, aboutTheUser)
      return { ...toUser(await userOf(services, request.params.id)), activation: text }
    },
  )
}

export const userRoutes = (app: Api, services: ApiServices): void => {
  addInvite(app, services)
  addReads(app, services)
  addChanges(app, services)
}
