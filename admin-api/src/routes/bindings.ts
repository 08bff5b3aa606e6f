/**
 * /v1/bindings: gives a terminal to a merchant. The answer of POST says that the binding is recorded, and its
 * Bind command ordered or, where the five elements are given, that the registry is asked first; whether the
 * terminal holds it shows in `state` later.
 */
import Type from 'typebox'
import { uuidToText } from '@tillgate/protocol'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { apiLimits } from '../limits.js'
import { notFound, refusal } from '../problems/problem.js'
import { line, snField, tidField, uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { merchantIdOf, terminalIdOf } from '../requests/lookups.js'
import { originOf } from '../requests/origin.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { bindingSchema, toBinding } from '../resources/binding.js'
import { commandSchema, toCommand } from '../resources/command.js'
import type { ApiServices } from '../services.js'

const elementsSchema = Type.Object(
  {
    creditCode: line(apiLimits.creditCodeLengthMax, {
      description: 'Unified social credit code (GB 32100); of a person the id number (GB 11643).',
      examples: ['91350100M000100Y43'],
    }),
    settlementAccount: line(apiLimits.accountLengthMax, {
      description: 'Letters and digits; spaces and hyphens are taken out. Kept sealed.',
      examples: ['4100 0252 0900 1234 567'],
    }),
    placeOfDeployment: Type.Optional(
      line(apiLimits.addressLengthMax, { description: "The store's address where left out." }),
    ),
  },
  {
    additionalProperties: false,
    description:
      "With the merchant's codes the five elements (五要素). Given, the terminal registry is asked before the Bind is ordered.",
  },
)

const newBinding = Type.Object(
  {
    sn: snField,
    merchantId: uuidField,
    storeId: Type.Optional(uuidField),
    tid: tidField,
    elements: Type.Optional(elementsSchema),
    expiresInSeconds: Type.Optional(
      Type.Integer({
        minimum: apiLimits.commandLifetimeSecondsMin,
        maximum: apiLimits.commandLifetimeSecondsMax,
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        sn: 'PAX-A920-000017',
        merchantId: '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69',
        tid: '10000017',
      },
    ],
  },
)

const madeBindingSchema = Type.Object(
  { binding: bindingSchema, command: Type.Optional(commandSchema) },
  { additionalProperties: false },
)

const binding409 = ['SN_BOUND_ELSEWHERE', 'TID_IN_USE', 'ILLEGAL_STATE', 'CONFLICT'] as const

const fieldsAtFault = {
  TID_IN_USE: 'tid',
  SN_BOUND_ELSEWHERE: 'sn',
  ILLEGAL_STATE: 'sn',
  QUEUE_FULL: 'sn',
} as const

export const shownBinding = async ({ records }: ApiServices, uuid: Uint8Array) => {
  const view = await records.read('binding-by-uuid', { uuid })
  if (view === undefined) throw notFound('id', 'binding')
  return toBinding(view)
}

export const bindingRoutes = (app: Api, services: ApiServices): void => {
  const { records } = services
  const show = (uuid: Uint8Array) => shownBinding(services, uuid)

  app.post(
    '/v1/bindings',
    {
      schema: {
        operationId: 'createBinding',
        tags: ['bindings'],
        summary: 'Bind a terminal to a merchant',
        headers: idempotencyHeaders,
        body: newBinding,
        response: { 200: madeBindingSchema, 201: madeBindingSchema },
      },
      config: {
        problems: [
          ...(['NOT_FOUND', 'QUEUE_FULL', 'IDEMPOTENCY_MISMATCH'] as const),
          ...(['DESTROYED', 'SEALING_UNAVAILABLE'] as const),
          ...binding409,
        ],
      },
    },
    async (request, reply) => {
      const { sn, merchantId, storeId, tid, elements, expiresInSeconds } = request.body
      const claim = idempotencyOf(services, request)
      const answer = await services.commands.bind({
        sn,
        merchantUuid: uuidOf('merchantId', merchantId),
        ...(storeId === undefined ? {} : { storeUuid: uuidOf('storeId', storeId) }),
        tid,
        ...(elements === undefined ? {} : { elements }),
        actor: callerOf(request).name,
        origin: originOf(request),
        ...(expiresInSeconds === undefined ? {} : { expiresInMs: expiresInSeconds * 1_000 }),
        ...claim,
      })
      if (!answer.ok) throw refusal(answer, fieldsAtFault)
      const { bindingUuid, commandUuid, replayed } = answer.value
      markReplay(reply, replayed)
      void reply.header('location', `/v1/bindings/${uuidToText(bindingUuid)}`)
      const binding = await show(bindingUuid)
      if (commandUuid === undefined) return { binding }
      const command = await records.read('command-by-uuid', { uuid: commandUuid })
      if (command === undefined) throw new Error('a Bind was committed and is not there')
      return { binding, command: toCommand(command) }
    },
  )

  app.get(
    '/v1/bindings',
    {
      schema: {
        operationId: 'listBindings',
        tags: ['bindings'],
        summary: 'List bindings',
        querystring: Type.Object(
          {
            ...pageQuery,
            sn: Type.Optional(snField),
            merchantId: Type.Optional(uuidField),
            live: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(bindingSchema) },
      },
      config: { problems: ['BAD_CURSOR', 'NOT_FOUND'] },
    },
    async (request) => {
      const { sn, live } = request.query
      const terminalId = await terminalIdOf(services, sn)
      const merchantId = await merchantIdOf(services, request.query.merchantId)
      const page = await readPage('bindings', request.query, (at) =>
        records.read('bindings', {
          ...at,
          ...(terminalId === undefined ? {} : { terminalId }),
          ...(merchantId === undefined ? {} : { merchantId }),
          ...(live === undefined ? {} : { live: live ? 1 : 0 }),
        }),
      )
      return { items: page.rows.map(toBinding), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/bindings/:id',
    {
      schema: {
        operationId: 'showBinding',
        tags: ['bindings'],
        summary: 'Show a binding',
        params: Type.Object({ id: uuidField }),
        response: { 200: bindingSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => show(uuidOf('id', request.params.id)),
  )
}
