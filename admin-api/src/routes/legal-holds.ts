/** /v1/legal-holds: while one stands nothing of its scope is destroyed, whatever its retention says. */
import Type from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import type { Page } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { apiLimits } from '../limits.js'
import { notFound, refusal } from '../problems/problem.js'
import { line, uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { scopeField } from '../requests/scope.js'
import { legalHoldSchema, toLegalHold } from '../resources/legal-hold.js'
import type { ApiServices } from '../services.js'

const whyField = line(apiLimits.holdReasonLengthMax, {
  description: 'A file number, not a person: it stays for ever.',
  examples: ['file 2026-117, letter of 2 March'],
})

const newHold = Type.Object(
  { scope: scopeField, reason: whyField },
  {
    additionalProperties: false,
    examples: [
      {
        scope: 'merchant:0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69',
        reason: 'file 2026-117, letter of 2 March',
      },
    ],
  },
)

const endOfHold = Type.Object(
  { reason: whyField },
  { additionalProperties: false, examples: [{ reason: 'file 2026-117 closed' }] },
)

const showIn =
  ({ records }: Pick<ApiServices, 'records'>) =>
  async (uuid: Uint8Array) => {
    const row = await records.read('legal-hold-by-uuid', { uuid })
    if (row === undefined) throw notFound('id', 'legal hold')
    return toLegalHold(row)
  }

export const legalHoldRoutes = (app: Api, services: ApiServices): void => {
  const { records, clock } = services
  const show = showIn(services)

  app.post(
    '/v1/legal-holds',
    {
      schema: {
        operationId: 'placeLegalHold',
        tags: ['documents'],
        summary: 'Forbid that anything of a scope is destroyed',
        headers: idempotencyHeaders,
        body: newHold,
        response: { 200: legalHoldSchema, 201: legalHoldSchema },
      },
      config: { problems: ['DESTROYED', 'IDEMPOTENCY_MISMATCH'] },
    },
    async (request, reply) => {
      const uuid = services.ids.next()
      const publicId = uuidToText(uuid)
      const result = await records.submit('place-legal-hold', {
        uuid,
        publicId,
        ...request.body,
        actor: callerOf(request).name,
        atMs: clock.now(),
        ...idempotencyOf(services, request),
      })
      if (!result.ok) throw refusal(result, { DESTROYED: 'scope' })
      markReplay(reply, result.publicId !== publicId)
      void reply.header('location', `/v1/legal-holds/${result.publicId}`)
      return show(uuidOf('id', result.publicId))
    },
  )

  app.get(
    '/v1/legal-holds',
    {
      schema: {
        operationId: 'listLegalHolds',
        tags: ['documents'],
        summary: 'List legal holds',
        querystring: Type.Object(
          { ...pageQuery, scope: Type.Optional(scopeField) },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(legalHoldSchema) },
      },
      config: { problems: ['BAD_CURSOR'] },
    },
    async ({ query }) => {
      const filter = query.scope === undefined ? {} : { scope: query.scope }
      const read = (at: Page) => records.read('legal-holds', { ...at, ...filter })
      const page = await readPage('legal-holds', query, read)
      return { items: page.rows.map(toLegalHold), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/legal-holds/:id',
    {
      schema: {
        operationId: 'showLegalHold',
        tags: ['documents'],
        summary: 'Show a legal hold',
        params: Type.Object({ id: uuidField }),
        response: { 200: legalHoldSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async ({ params }) => show(uuidOf('id', params.id)),
  )

  app.post(
    '/v1/legal-holds/:id/end',
    {
      schema: {
        operationId: 'endLegalHold',
        tags: ['documents'],
        summary: 'End a legal hold',
        description: 'The row stays. What has waited for it is destroyed soon after.',
        params: Type.Object({ id: uuidField }),
        body: endOfHold,
        response: { 200: legalHoldSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => {
      const uuid = uuidOf('id', request.params.id)
      const about = { uuid, actor: callerOf(request).name, atMs: clock.now() }
      const { ok } = await records.submit('end-legal-hold', { ...about, ...request.body })
      if (!ok) throw notFound('id', 'legal hold')
      return show(uuid)
    },
  )
}
