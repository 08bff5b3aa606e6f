/** /v1/merchants: merchants of an acquirer, known by their MID. */
import Type from 'typebox'
import { uuidToText, utf8Length } from '@tillgate/protocol'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { apiLimits } from '../limits.js'
import { invalidField, notFound, refusal } from '../problems/problem.js'
import { acquirerCodeField, line, midField, uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { merchantSchema, toMerchant } from '../resources/merchant.js'
import type { ApiServices } from '../services.js'

const nameField = line(apiLimits.merchantNameBytesMax, { examples: ['Corner Café'] })

const newMerchant = Type.Object(
  { acquirerCode: acquirerCodeField, mid: midField, name: nameField },
  {
    additionalProperties: false,
    examples: [{ acquirerCode: '48020000', mid: '898440353110001', name: 'Corner Café' }],
  },
)

/** The terminal is told the name in a Bind, whose limit is in bytes. */
const checkName = (name: string): void => {
  if ((utf8Length(name) ?? Infinity) <= apiLimits.merchantNameBytesMax) return
  throw invalidField(
    'name',
    `must be at most ${String(apiLimits.merchantNameBytesMax)} bytes of UTF-8`,
  )
}

export const merchantRoutes = (app: Api, services: ApiServices): void => {
  const { records } = services

  const show = async (uuid: Uint8Array) => {
    const row = await records.read('merchant-by-uuid', { uuid })
    if (row === undefined) throw notFound('id', 'merchant')
    return toMerchant(row)
  }

  app.post(
    '/v1/merchants',
    {
      schema: {
        operationId: 'createMerchant',
        tags: ['merchants'],
        summary: 'Create a merchant',
        headers: idempotencyHeaders,
        body: newMerchant,
        response: { 200: merchantSchema, 201: merchantSchema },
      },
      config: { problems: ['DUPLICATE', 'IDEMPOTENCY_MISMATCH'] },
    },
    async (request, reply) => {
      checkName(request.body.name)
      const uuid = services.ids.next()
      const publicId = uuidToText(uuid)
      const result = await records.submit('create-merchant', {
        uuid,
        publicId,
        ...request.body,
        actor: callerOf(request).name,
        atMs: services.clock.now(),
        ...idempotencyOf(services, request),
      })
      if (!result.ok) throw refusal(result, { DUPLICATE: 'mid' })
      markReplay(reply, result.publicId !== publicId)
      void reply.header('location', `/v1/merchants/${result.publicId}`)
      return show(uuidOf('id', result.publicId))
    },
  )

  app.get(
    '/v1/merchants',
    {
      schema: {
        operationId: 'listMerchants',
        tags: ['merchants'],
        summary: 'List merchants',
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(merchantSchema) },
      },
      config: { problems: ['BAD_CURSOR'] },
    },
    async (request) => {
      const page = await readPage('merchants', request.query, (at) => records.read('merchants', at))
      return { items: page.rows.map(toMerchant), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/merchants/:id',
    {
      schema: {
        operationId: 'showMerchant',
        tags: ['merchants'],
        summary: 'Show a merchant',
        params: Type.Object({ id: uuidField }),
        response: { 200: merchantSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => show(uuidOf('id', request.params.id)),
  )
}
