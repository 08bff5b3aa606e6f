/** /v1/stores: the shops of a merchant. */
import Type from 'typebox'
import { uuidToText } from '@tillgate/protocol'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { apiLimits } from '../limits.js'
import { notFound, refusal } from '../problems/problem.js'
import { line, uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { merchantIdOf } from '../requests/lookups.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { storeSchema, toStore } from '../resources/store.js'
import type { ApiServices } from '../services.js'

const newStore = Type.Object(
  {
    merchantId: uuidField,
    name: line(apiLimits.nameLengthMax, { examples: ['North Gate'] }),
    address: line(apiLimits.addressLengthMax, { examples: ['12 Harbour Road, Xiamen'] }),
  },
  {
    additionalProperties: false,
    examples: [
      {
        merchantId: '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69',
        name: 'North Gate',
        address: '12 Harbour Road, Xiamen',
      },
    ],
  },
)

export const storeRoutes = (app: Api, services: ApiServices): void => {
  const { records } = services

  const show = async (uuid: Uint8Array) => {
    const view = await records.read('store-by-uuid', { uuid })
    if (view === undefined) throw notFound('id', 'store')
    return toStore(view)
  }

  app.post(
    '/v1/stores',
    {
      schema: {
        operationId: 'createStore',
        tags: ['stores'],
        summary: 'Create a store of a merchant',
        headers: idempotencyHeaders,
        body: newStore,
        response: { 200: storeSchema, 201: storeSchema },
      },
      config: { problems: ['NOT_FOUND', 'IDEMPOTENCY_MISMATCH'] },
    },
    async (request, reply) => {
      const { merchantId, name, address } = request.body
      const uuid = services.ids.next()
      const publicId = uuidToText(uuid)
      const result = await records.submit('create-store', {
        uuid,
        publicId,
        merchantUuid: uuidOf('merchantId', merchantId),
        name,
        address,
        actor: callerOf(request).name,
        atMs: services.clock.now(),
        ...idempotencyOf(services, request),
      })
      if (!result.ok) throw refusal(result, { NOT_FOUND: 'merchantId' })
      markReplay(reply, result.publicId !== publicId)
      void reply.header('location', `/v1/stores/${result.publicId}`)
      return show(uuidOf('id', result.publicId))
    },
  )

  app.get(
    '/v1/stores',
    {
      schema: {
        operationId: 'listStores',
        tags: ['stores'],
        summary: 'List stores',
        querystring: Type.Object(
          { ...pageQuery, merchantId: Type.Optional(uuidField) },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(storeSchema) },
      },
      config: { problems: ['BAD_CURSOR', 'NOT_FOUND'] },
    },
    async (request) => {
      const merchantId = await merchantIdOf(services, request.query.merchantId)
      const filter = merchantId === undefined ? {} : { merchantId }
      const page = await readPage('stores', request.query, (at) =>
        records.read('stores', { ...at, ...filter }),
      )
      return { items: page.rows.map(toStore), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/stores/:id',
    {
      schema: {
        operationId: 'showStore',
        tags: ['stores'],
        summary: 'Show a store',
        params: Type.Object({ id: uuidField }),
        response: { 200: storeSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => show(uuidOf('id', request.params.id)),
  )
}
