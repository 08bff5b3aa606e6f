/**
 * /v1/activations and /v1/sessions: how a person takes an account over, signs in and out, and changes the
 * password. Whether a login exists is told by no answer and by no time.
 */
import Type from 'typebox'

import type { Api } from '../api.js'
import { refusal } from '../problems/problem.js'
import {
  activationField,
  anyLoginField,
  checkPassword,
  codeField,
  passwordField,
  personOf,
} from '../requests/person.js'
import { timeSchema, toTime } from '../resources/time.js'
import { toUser, userSchema } from '../resources/user.js'
import type { ApiServices } from '../services.js'

const closed = { additionalProperties: false } as const
const withExample = (example: object) => ({ ...closed, examples: [example] })
const phrase = 'a long phrase of one’s own'
const done = Type.Object({ ok: Type.Literal(true) }, closed)
const begunSchema = Type.Object(
  {
    login: Type.String(),
    otpauthUri: Type.String({
      description: 'For an authenticator app. Shown by this answer alone.',
    }),
  },
  closed,
)
const sessionSchema = Type.Object({ user: userSchema, endsAt: timeSchema }, closed)
const signedInSchema = Type.Object(
  {
    token: Type.String({ description: 'Bearer of this session. Shown by this answer alone.' }),
    user: userSchema,
    endsAt: timeSchema,
  },
  closed,
)

const addActivation = (app: Api, { people }: ApiServices): void => {
  app.post(
    '/v1/activations',
    {
      schema: {
        operationId: 'beginActivation',
        tags: ['people'],
        summary: 'Choose a password and get a one-time secret',
        body: Type.Object(
          { activation: activationField, password: passwordField },
          withExample({ activation: 'tgac_…', password: phrase }),
        ),
        response: { 200: begunSchema },
      },
      config: { rate: 'sign-ins', problems: ['ACTIVATION_INVALID', 'SEALING_UNAVAILABLE'] },
    },
    async (request) => {
      const { activation, password } = request.body
      checkPassword('password', password)
      const begun = await people.beginActivation(activation, password)
      if (!begun.ok) throw refusal(begun, { ACTIVATION_INVALID: 'activation' })
      return { login: begun.login, otpauthUri: begun.uri }
    },
  )
  app.post(
    '/v1/activations/confirm',
    {
      schema: {
        operationId: 'confirmActivation',
        tags: ['people'],
        summary: 'Show with a code that the one-time secret was taken over',
        body: Type.Object(
          { activation: activationField, code: codeField },
          withExample({ activation: 'tgac_…', code: '492039' }),
        ),
        response: { 200: done },
      },
      config: { rate: 'sign-ins', problems: ['ACTIVATION_INVALID'] },
    },
    async (request) => {
      const { activation, code } = request.body
      const confirmed = await people.confirmActivation(activation, code)
      if (!confirmed.ok) throw refusal(confirmed, { ACTIVATION_INVALID: 'activation' })
      return { ok: true as const }
    },
  )
}

const addSession = (app: Api, { people, records, clock }: ApiServices): void => {
  app.post(
    '/v1/sessions',
    {
      schema: {
        operationId: 'signIn',
        tags: ['people'],
        summary: 'Sign in',
        description:
          'Wrong, used or unknown, or after too many wrong tries: the answer is the same.',
        body: Type.Object(
          { login: anyLoginField, password: passwordField, code: codeField },
          withExample({ login: 'li.na', password: phrase, code: '492039' }),
        ),
        response: { 201: signedInSchema },
      },
      config: { rate: 'sign-ins', problems: ['SIGN_IN_REFUSED'] },
    },
    async (request, reply) => {
      const { login, ...credentials } = request.body
      const signed = await people.signIn(login, credentials)
      if (!signed.ok) throw refusal(signed)
      const { user, session } = signed.signedIn
      void reply.code(201)
      return { token: signed.text, user: toUser(user), endsAt: toTime(session.endsAtMs) }
    },
  )
  app.get(
    '/v1/sessions/current',
    {
      schema: {
        operationId: 'showSession',
        tags: ['people'],
        summary: 'Who has signed in, and until when',
        response: { 200: sessionSchema },
      },
      config: { problems: ['PERSON_REQUIRED'] },
    },
    (request) => {
      const { user, session } = personOf(request)
      return { user: toUser(user), endsAt: toTime(session.endsAtMs) }
    },
  )
  app.delete(
    '/v1/sessions/current',
    {
      schema: {
        operationId: 'signOut',
        tags: ['people'],
        summary: 'Sign out',
        response: { 200: done },
      },
      config: { problems: ['PERSON_REQUIRED'] },
    },
    async (request) => {
      const { user, session } = personOf(request)
      const out = { sessionUuid: session.uuid, actor: user.login, atMs: clock.now() }
      await records.submit('sign-out', out)
      return { ok: true as const }
    },
  )
}

const passwordChange = Type.Object(
  { password: passwordField, code: codeField, newPassword: passwordField },
  withExample({ password: phrase, code: '492039', newPassword: `${phrase}, newer` }),
)

const addPassword = (app: Api, { people }: ApiServices): void => {
  app.post(
    '/v1/sessions/current/password',
    {
      schema: {
        operationId: 'changePassword',
        tags: ['people'],
        summary: 'Change the own password',
        description: 'With the old one and a fresh code. All other sessions end.',
        body: passwordChange,
        response: { 200: done },
      },
      config: { problems: ['SIGN_IN_REFUSED', 'PERSON_REQUIRED'] },
    },
    async (request) => {
      const { newPassword, ...credentials } = request.body
      checkPassword('newPassword', newPassword)
      const changed = await people.changePassword(personOf(request), credentials, newPassword)
      if (!changed.ok) throw refusal(changed)
      return { ok: true as const }
    },
  )
}

export const sessionRoutes = (app: Api, services: ApiServices): void => {
  addActivation(app, services)
  addSession(app, services)
  addPassword(app, services)
}
