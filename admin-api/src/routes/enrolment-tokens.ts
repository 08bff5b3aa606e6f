/** /v1/enrolment-tokens: one-time tokens for one serial number each, at most a day old. */
import Type from 'typebox'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { apiLimits } from '../limits.js'
import { notFound, refusal } from '../problems/problem.js'
import { snField, uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import {
  enrolmentTokenSchema,
  madeEnrolmentTokenSchema,
  toEnrolmentToken,
} from '../resources/enrolment-token.js'
import type { ApiServices } from '../services.js'

const newToken = Type.Object(
  {
    sn: snField,
    reenrol: Type.Optional(
      Type.Boolean({
        description: 'Allows a new certificate beside a live one; its use raises an alarm.',
      }),
    ),
    expiresInSeconds: Type.Optional(
      Type.Integer({
        minimum: apiLimits.enrolmentLifetimeSecondsMin,
        maximum: apiLimits.enrolmentLifetimeSecondsMax,
        description: 'A day where it is left out.',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ sn: 'PAX-A920-000017' }] },
)

export const enrolmentTokenRoutes = (app: Api, services: ApiServices): void => {
  const { records, enrolment } = services

  const show = async (uuid: Uint8Array) => {
    const row = await records.read('enrolment-token-by-uuid', { uuid })
    if (row === undefined) throw notFound('id', 'enrolment token')
    return toEnrolmentToken(row)
  }

  app.post(
    '/v1/enrolment-tokens',
    {
      schema: {
        operationId: 'createEnrolmentToken',
        tags: ['enrolment'],
        summary: 'Make an enrolment token for a serial number',
        headers: idempotencyHeaders,
        body: newToken,
        response: { 200: madeEnrolmentTokenSchema, 201: madeEnrolmentTokenSchema },
      },
      config: {
        problems: ['NOT_FOUND', 'ILLEGAL_STATE', 'CERTIFICATE_LIVE', 'IDEMPOTENCY_MISMATCH'],
      },
    },
    async (request, reply) => {
      const { sn, reenrol = false, expiresInSeconds } = request.body
      const answer = await enrolment.createToken({
        sn,
        reenrol,
        ...(expiresInSeconds === undefined ? {} : { lifeMs: expiresInSeconds * 1_000 }),
        actor: callerOf(request).name,
        nowMs: services.clock.now(),
        ...idempotencyOf(services, request),
      })
      if (!answer.ok) throw refusal(answer)
      markReplay(reply, answer.token === undefined)
      return { ...(await show(uuidOf('id', answer.publicId))), token: answer.token ?? null }
    },
  )

  app.get(
    '/v1/enrolment-tokens',
    {
      schema: {
        operationId: 'listEnrolmentTokens',
        tags: ['enrolment'],
        summary: 'List enrolment tokens, without their text',
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(enrolmentTokenSchema) },
      },
      config: { problems: ['BAD_CURSOR'] },
    },
    async (request) => {
      const page = await readPage('enrolment-tokens', request.query, (at) =>
        records.read('enrolment-tokens', at),
      )
      return { items: page.rows.map(toEnrolmentToken), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/enrolment-tokens/:id',
    {
      schema: {
        operationId: 'showEnrolmentToken',
        tags: ['enrolment'],
        summary: 'Show an enrolment token, without its text',
        params: Type.Object({ id: uuidField }),
        response: { 200: enrolmentTokenSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => show(uuidOf('id', request.params.id)),
  )
}
