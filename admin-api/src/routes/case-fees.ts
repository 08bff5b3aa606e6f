/**
 * /v1/unbind-cases/{id}/fees: what is owed or held, written down with the case. These are notes: no case waits
 * for one. None is changed; one that was wrong is taken back by another.
 */
import Type from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import { caseLimits, feeFault, feeKinds, noteFault, type InputOf } from '@tillgate/gateway'
import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { invalidField, notFound, refusal } from '../problems/problem.js'
import { line, uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { caseFeeSchema, toCaseFees } from '../resources/case-fee.js'
import type { ApiServices } from '../services.js'

const noteField = line(caseLimits.noteLettersMax)

const newFee = Type.Object(
  {
    kind: Type.Enum([...feeKinds]),
    amountMinor: Type.Integer({
      minimum: 1,
      maximum: caseLimits.feeAmountMinorMax,
      description: 'In the smallest unit of the currency: 12345 with CNY is 123.45.',
    }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217, alpha-3.' }),
    note: noteField,
  },
  {
    additionalProperties: false,
    examples: [{ kind: 'deposit', amountMinor: 20_000, currency: 'CNY', note: '终端押金' }],
  },
)

const withdrawal = Type.Object(
  { note: noteField },
  { additionalProperties: false, examples: [{ note: 'written down twice' }] },
)

const tags = ['unbind cases']
const path = '/v1/unbind-cases/:id/fees'
const common = ['NOT_FOUND', 'IDEMPOTENCY_MISMATCH'] as const
const response = { 200: caseFeeSchema, 201: caseFeeSchema }
type Wish = Pick<InputOf<'note-fee'>, 'fee' | 'note'>

/** Submits the note and answers it as the records have it. */
const noteIn =
  (services: ApiServices) =>
  async (request: FastifyRequest, reply: FastifyReply, caseId: string, wish: Wish) => {
    const { records, ids, clock } = services
    const row = await records.read('case-by-uuid', { uuid: uuidOf('id', caseId) })
    if (row === undefined) throw notFound('id', 'unbind case')
    const uuid = ids.next()
    const noted = await records.submit('note-fee', {
      ...{ uuid, publicId: uuidToText(uuid), caseId: row.id, terminalId: row.terminalId },
      ...{ ...wish, actor: callerOf(request).name, atMs: clock.now() },
      ...idempotencyOf(services, request),
    })
    if (!noted.ok) throw refusal(noted)
    markReplay(reply, noted.replayed)
    const page = { caseId: row.id, afterId: 0, limit: 2 * caseLimits.feesMax }
    const shown = toCaseFees(await records.read('fees-of-case', page))
    const made = shown.find(({ id }) => id === noted.publicId)
    if (made === undefined) throw new Error('a note was committed and is not there')
    return made
  }

export const caseFeeRoutes = (app: Api, services: ApiServices): void => {
  const note = noteIn(services)

  app.post(
    path,
    {
      schema: {
        ...{ operationId: 'noteCaseFee', tags },
        summary: 'Write a fee or a deposit down with a case',
        description:
          'A note: it holds nothing up, in no state of the case. It is printed in the agreement.',
        params: Type.Object({ id: uuidField }),
        headers: idempotencyHeaders,
        body: newFee,
        response,
      },
      config: { problems: [...common, 'LIMIT_REACHED'] },
    },
    async (request, reply) => {
      const { note: text, ...fee } = request.body
      const fault = feeFault(request.body)
      if (fault !== undefined) throw invalidField(fault.field, fault.rule)
      return note(request, reply, request.params.id, {
        fee: { ...fee, withdraws: null },
        note: text,
      })
    },
  )

  app.post(
    `${path}/:feeId/withdraw`,
    {
      schema: {
        ...{ operationId: 'withdrawCaseFee', tags },
        summary: 'Take a note of a fee or a deposit back',
        description: 'By another note of the same sum with the sign turned. Both stay.',
        params: Type.Object({ id: uuidField, feeId: uuidField }),
        headers: idempotencyHeaders,
        body: withdrawal,
        response,
      },
      config: { problems: [...common, 'ALREADY_DONE', 'ILLEGAL_STATE'] },
    },
    async (request, reply) => {
      const { id, feeId } = request.params
      const fault = noteFault(request.body.note)
      if (fault !== undefined) throw invalidField(fault.field, fault.rule)
      const withdraws = uuidOf('feeId', feeId)
      return note(request, reply, id, { fee: { withdraws }, note: request.body.note })
    },
  )
}
