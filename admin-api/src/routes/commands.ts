/**
 * /v1/commands: orders a command, shows it with its ledger and proofs, cancels it. 201 means that the
 * order is durable and will reach a final state or stay visibly open; it says nothing about the
 * terminal.
 */
import Type from 'typebox'
import { commandTypeNames, commandTypeNumber, uuidFromText, uuidToText } from '@tillgate/protocol'
import type { OrderedCommand, Origin } from '@tillgate/gateway'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { notFound, problem, refusal } from '../problems/problem.js'
import {
  checkParameters,
  isUnbindOrder,
  orderSchema,
  payloadOf,
  type Order,
} from '../requests/command-order.js'
import { snField, uuidField, uuidOf } from '../requests/fields.js'
import {
  earlierAnswerOf,
  idempotencyHeaders,
  idempotencyOf,
  markReplay,
} from '../requests/idempotency-key.js'
import { terminalIdOf } from '../requests/lookups.js'
import { originOf } from '../requests/origin.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { commandSchema, toCommand } from '../resources/command.js'
import { commandWithLedgerSchema, toLedgerEntry, toProof } from '../resources/ledger.js'
import type { ApiServices } from '../services.js'

export const commandStates = [
  'queued',
  'published',
  'accepted',
  'running',
  'done',
  'failed',
  'refused',
  'cancelled',
  'expired',
  'superseded',
  'parked',
] as const

/** Whatever stands in the way of an order is about its terminal. */
const aboutTheTerminal = {
  NOT_FOUND: 'sn',
  ILLEGAL_STATE: 'sn',
  QUEUE_FULL: 'sn',
} as const

const listQuery = Type.Object(
  {
    ...pageQuery,
    sn: Type.Optional(snField),
    state: Type.Optional(Type.Enum([...commandStates])),
    type: Type.Optional(Type.Enum([...commandTypeNames])),
  },
  { additionalProperties: false },
)

/** Before anything else that may be wrong with it, and before an answer that was given to its key once. */
const refuseUnbind = async ({ body }: { readonly body: unknown }): Promise<void> => {
  if (!isUnbindOrder(body)) return
  throw problem('USE_CASE', { detail: 'Open an unbind case: POST /v1/unbind-cases.' })
}

const addOrder = (app: Api, services: ApiServices): void => {
  const order = async (
    body: Order,
    { actor, origin }: { readonly actor: string; readonly origin: Origin },
    claim: ReturnType<typeof idempotencyOf>,
  ): Promise<OrderedCommand> => {
    // Asked first: a repeated order must be answered though its terminal has changed since.
    const earlier = await earlierAnswerOf(services, claim.idempotency)
    const made = earlier === undefined ? undefined : uuidFromText(earlier)
    if (made !== undefined) return { uuid: made, replayed: true }
    const { expiresInSeconds } = body
    const answer = await services.commands.order({
      sn: body.sn,
      payload: payloadOf(body),
      ...(expiresInSeconds === undefined ? {} : { expiresInMs: expiresInSeconds * 1_000 }),
      actor,
      origin,
      ...claim,
    })
    if (!answer.ok) throw refusal(answer, aboutTheTerminal)
    return answer.value
  }

  app.post(
    '/v1/commands',
    {
      schema: {
        operationId: 'orderCommand',
        tags: ['commands'],
        summary: 'Order a command',
        description:
          'An `Unbind` is refused with `USE_CASE`, whoever asks: an unbind case orders it, once other persons ' +
          'have approved it (`POST /v1/unbind-cases`, `POST /v1/approvals`).',
        headers: idempotencyHeaders,
        body: orderSchema,
        response: { 200: commandSchema, 201: commandSchema },
      },
      config: {
        problems: ['NOT_FOUND', 'USE_CASE', 'ILLEGAL_STATE', 'QUEUE_FULL', 'IDEMPOTENCY_MISMATCH'],
      },
      preValidation: refuseUnbind,
    },
    async (request, reply) => {
      const caller = callerOf(request)
      checkParameters(request.body)
      const claim = idempotencyOf(services, request)
      const asked = { actor: caller.name, origin: originOf(request) }
      const { uuid, replayed } = await order(request.body, asked, claim)
      const view = await services.records.read('command-by-uuid', { uuid })
      if (view === undefined) throw new Error('a command was committed and is not there')
      markReplay(reply, replayed)
      void reply.header('location', `/v1/commands/${uuidToText(uuid)}`)
      return toCommand(view)
    },
  )
}

const addReads = (app: Api, services: ApiServices): void => {
  const { records } = services
  app.get(
    '/v1/commands',
    {
      schema: {
        operationId: 'listCommands',
        tags: ['commands'],
        summary: 'List commands',
        querystring: listQuery,
        response: { 200: pageOf(commandSchema) },
      },
      config: { problems: ['BAD_CURSOR', 'NOT_FOUND'] },
    },
    async (request) => {
      const { sn, state, type } = request.query
      const terminalId = await terminalIdOf(services, sn)
      const page = await readPage('commands', request.query, (at) =>
        records.read('commands', {
          ...at,
          ...(terminalId === undefined ? {} : { terminalId }),
          ...(state === undefined ? {} : { state }),
          ...(type === undefined ? {} : { type: commandTypeNumber(type) }),
        }),
      )
      return { items: page.rows.map(toCommand), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/commands/:id',
    {
      schema: {
        operationId: 'showCommand',
        tags: ['commands'],
        summary: 'Show a command with its ledger and proofs',
        params: Type.Object({ id: uuidField }),
        response: { 200: commandWithLedgerSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => {
      const shown = await services.commands.show(uuidOf('id', request.params.id))
      if (shown === undefined) throw notFound('id', 'command')
      const { command, ledger, proofs } = shown
      const certificates =
        proofs.length === 0
          ? []
          : await records.read('certificates-of-terminal', { terminalId: command.terminalId })
      return {
        ...toCommand(command),
        ledger: ledger.map(toLedgerEntry),
        proofs: proofs.map((proof) => toProof(proof, certificates)),
      }
    },
  )
}

const addCancel = (app: Api, services: ApiServices): void => {
  app.post(
    '/v1/commands/:id/cancel',
    {
      schema: {
        operationId: 'cancelCommand',
        tags: ['commands'],
        summary: 'Cancel a command',
        description:
          'The answer shows where the cancel led: `cancelled`, or a phase on the way there that only ' +
          'the terminal can end. After the point of no return it is refused with `TOO_LATE`, after its ' +
          'end with `ALREADY_DONE`.',
        params: Type.Object({ id: uuidField }),
        response: { 200: commandSchema },
      },
      config: { problems: ['NOT_FOUND', 'TOO_LATE', 'ALREADY_DONE'] },
    },
    async (request) => {
      const uuid = uuidOf('id', request.params.id)
      const answer = await services.commands.cancel({
        uuid,
        actor: callerOf(request).name,
        origin: originOf(request),
      })
      if (!answer.ok && answer.code !== 'ALREADY_DONE') throw refusal(answer, { NOT_FOUND: 'id' })
      const view = await services.records.read('command-by-uuid', { uuid })
      if (view === undefined) throw problem('INTERNAL')
      if (!answer.ok)
        throw problem(answer.code, { detail: `The command has ended: ${view.state}.` })
      return toCommand(view)
    },
  )
}

export const commandRoutes = (app: Api, services: ApiServices): void => {
  addOrder(app, services)
  addReads(app, services)
  addCancel(app, services)
}
