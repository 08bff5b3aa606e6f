/**
 * /v1/unbind-cases: taking a terminal from its merchant, from the wish to the closed file. A binding has one
 * open case; whoever asks again gets that one. A case orders its own Unbind once an approval covers it
 * (`/v1/approvals`, kind `unbind`): no route here sends anything to a terminal.
 */
import Type from 'typebox'
import { uuidToText } from '@tillgate/protocol'
import {
  caseLimits,
  unbindReasonCodes,
  waitings,
  type Answer,
  type CaseState,
} from '@tillgate/gateway'

import type { Api } from '../api.js'
import { apiLimits } from '../limits.js'
import { callerOf } from '../auth/gate.js'
import { notFound, refusal } from '../problems/problem.js'
import { line, snField, uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { merchantIdOf, terminalIdOf } from '../requests/lookups.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { caseAgreementSchema, toCaseAgreement } from '../resources/case-agreement.js'
import { caseFeeSchema, toCaseFees } from '../resources/case-fee.js'
import { forcedMembers, toForcedMembers } from '../resources/forced-close.js'
import { toWatchAttempt, watchAttemptSchema } from '../resources/watch-attempt.js'
import { toLedgerEntry, ledgerEntrySchema } from '../resources/ledger.js'
import { timeSchema } from '../resources/time.js'
import { toUnbindCase, unbindCaseSchema } from '../resources/unbind-case.js'
import type { ApiServices } from '../services.js'

const newCase = Type.Object(
  {
    sn: snField,
    reason: Type.Enum([...unbindReasonCodes]),
    note: Type.Optional(line(caseLimits.noteLettersMax)),
    startsAt: Type.Optional(timeSchema),
    deadline: Type.Optional(timeSchema),
  },
  {
    additionalProperties: false,
    examples: [
      { sn: 'PAX-A920-000017', reason: 'STORE_CLOSED', note: 'keys handed back on Friday' },
    ],
  },
)

const waiverBody = Type.Object(
  {
    code: Type.Enum(waitings.flatMap(({ code, rule }) => (rule === 'soft' ? [code] : []))),
    why: line(caseLimits.noteLettersMax),
  },
  {
    additionalProperties: false,
    examples: [{ code: 'OPEN_PREAUTH', why: 'moved to the terminal beside it' }],
  },
)

const appointmentBody = Type.Object(
  { startsAt: timeSchema },
  { additionalProperties: false, examples: [{ startsAt: '2026-03-02T01:00:00.000Z' }] },
)

const caseWithLedgerSchema = Type.Object(
  {
    ...unbindCaseSchema.properties,
    ...forcedMembers,
    fees: Type.Array(caseFeeSchema),
    agreement: Type.Union([caseAgreementSchema, Type.Null()], {
      description:
        'The latest version that was made; `GET …/agreement` makes it where it is missing.',
    }),
    attempts: Type.Array(watchAttemptSchema, {
      description: 'What was tried after the release: the first of it, while it is watched for.',
    }),
    ledger: Type.Array(ledgerEntrySchema),
  },
  { additionalProperties: false },
)

const idParams = Type.Object({ id: uuidField })
const open409 = ['TERMINAL_NOT_BOUND', 'COMMAND_IN_FLIGHT', 'CONFLICT'] as const
const timeOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text)

const addOpen = (app: Api, services: ApiServices): void => {
  const { cases, records } = services
  app.post(
    '/v1/unbind-cases',
    {
      schema: {
        operationId: 'openUnbindCase',
        tags: ['unbind cases'],
        summary: 'Open an unbind case',
        description: 'Answers 200 with the open case where the binding has one already.',
        headers: idempotencyHeaders,
        body: newCase,
        response: { 200: unbindCaseSchema, 201: unbindCaseSchema },
      },
      config: { problems: ['NOT_FOUND', ...open409, 'IDEMPOTENCY_MISMATCH'] },
    },
    async (request, reply) => {
      const { sn, reason, note, startsAt, deadline } = request.body
      const startsAtMs = timeOf(startsAt)
      const deadlineMs = timeOf(deadline)
      const answer = await cases.open({
        sn,
        reason,
        actor: callerOf(request).name,
        ...(note === undefined ? {} : { note }),
        ...(startsAtMs === undefined ? {} : { startsAtMs }),
        ...(deadlineMs === undefined ? {} : { deadlineMs }),
        ...idempotencyOf(services, request),
      })
      if (!answer.ok) throw refusal(answer)
      const { uuid, existing } = answer.value
      const view = await records.read('case-by-uuid', { uuid })
      if (view === undefined) throw new Error('a case was committed and is not there')
      markReplay(reply, existing)
      void reply.header('location', `/v1/unbind-cases/${uuidToText(uuid)}`)
      return toUnbindCase(view)
    },
  )
}

const addReads = (app: Api, services: ApiServices): void => {
  const { cases, records } = services
  app.get(
    '/v1/unbind-cases',
    {
      schema: {
        operationId: 'listUnbindCases',
        tags: ['unbind cases'],
        summary: 'List unbind cases',
        querystring: Type.Object(
          {
            ...pageQuery,
            sn: Type.Optional(snField),
            merchantId: Type.Optional(uuidField),
            state: Type.Optional(Type.String({ pattern: '^[A-Z_]{1,32}$', examples: ['BLOCKED'] })),
            open: Type.Optional(Type.Boolean()),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(unbindCaseSchema) },
      },
      config: { problems: ['BAD_CURSOR', 'NOT_FOUND'] },
    },
    async (request) => {
      const { sn, state, open } = request.query
      const terminalId = await terminalIdOf(services, sn)
      const merchantId = await merchantIdOf(services, request.query.merchantId)
      const page = await readPage('unbind-cases', request.query, (at) =>
        records.read('cases', {
          ...at,
          ...(terminalId === undefined ? {} : { terminalId }),
          ...(merchantId === undefined ? {} : { merchantId }),
          ...(state === undefined ? {} : { state }),
          ...(open === undefined ? {} : { open: open ? 1 : 0 }),
        }),
      )
      return { items: page.rows.map(toUnbindCase), nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/v1/unbind-cases/:id',
    {
      schema: {
        operationId: 'showUnbindCase',
        tags: ['unbind cases'],
        summary: 'Show an unbind case with its ledger',
        params: idParams,
        response: { 200: caseWithLedgerSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    async (request) => {
      const shown = await cases.show(uuidOf('id', request.params.id))
      if (shown === undefined) throw notFound('id', 'unbind case')
      const { unbindCase, ledger } = shown
      const caseId = unbindCase.id
      const fees = { caseId, afterId: 0, limit: 2 * caseLimits.feesMax }
      const attempts = { caseId, afterId: 0, limit: apiLimits.attemptsShownMax }
      const agreement = await records.read('agreement-of-case', { caseId })
      return {
        ...toUnbindCase(unbindCase),
        ...toForcedMembers(shown),
        fees: [...toCaseFees(await records.read('fees-of-case', fees))],
        agreement: agreement === undefined ? null : toCaseAgreement(agreement),
        attempts: (await records.read('attempts-of-case', attempts)).map(toWatchAttempt),
        ledger: ledger.map(toLedgerEntry),
      }
    },
  )
}

interface Act {
  readonly path: string
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly problems: readonly ('ILLEGAL_STATE' | 'TOO_LATE' | 'ALREADY_DONE')[]
  readonly does: (
    cases: ApiServices['cases'],
    act: { readonly uuid: Uint8Array; readonly actor: string },
  ) => Promise<Answer<CaseState>>
}

const acts: readonly Act[] = [
  {
    path: '/v1/unbind-cases/:id/check',
    operationId: 'checkUnbindCase',
    summary: 'Ask again what holds a case up',
    description: 'For whoever has settled, or repaired, what it waited for.',
    problems: [],
    does: (cases, act) => cases.checkAgain(act),
  },
  {
    path: '/v1/unbind-cases/:id/cancel',
    operationId: 'cancelUnbindCase',
    summary: 'Cancel an unbind case',
    description:
      'The answer shows where it led: `CANCELLED`, or `ABORTING` until the terminal has said under its ' +
      'signature that it sells again. After the point of no return it is refused with `TOO_LATE`.',
    problems: ['TOO_LATE', 'ALREADY_DONE'],
    does: (cases, act) => cases.cancel(act),
  },
  {
    path: '/v1/unbind-cases/:id/reject',
    operationId: 'rejectUnbindCase',
    summary: 'Say no to a case that waits for approval',
    description: 'Only while it waits for approval.',
    problems: ['ILLEGAL_STATE'],
    does: (cases, act) => cases.reject(act),
  },
]

const addActs = (app: Api, services: ApiServices): void => {
  const { cases, records } = services

  const after = async (uuid: Uint8Array, answer: Answer<CaseState>) => {
    if (!answer.ok)
      throw answer.code === 'NOT_FOUND' ? notFound('id', 'unbind case') : refusal(answer)
    const view = await records.read('case-by-uuid', { uuid })
    if (view === undefined) throw new Error('a case was moved and is not there')
    return toUnbindCase(view)
  }

  for (const { path, operationId, summary, description, problems, does } of acts) {
    app.post(
      path,
      {
        schema: {
          ...{ operationId, tags: ['unbind cases'], summary, description },
          params: idParams,
          response: { 200: unbindCaseSchema },
        },
        config: { problems: ['NOT_FOUND', ...problems] },
      },
      async (request) => {
        const uuid = uuidOf('id', request.params.id)
        return after(uuid, await does(cases, { uuid, actor: callerOf(request).name }))
      },
    )
  }

  app.post(
    '/v1/unbind-cases/:id/appointment',
    {
      schema: {
        operationId: 'rescheduleUnbindCase',
        tags: ['unbind cases'],
        summary: 'Give a case another appointment',
        description:
          'Before anything is ordered, before the deadline of the case, and so many times ' +
          `(${String(caseLimits.reschedulesMax)}). The merchant is told.`,
        params: idParams,
        body: appointmentBody,
        response: { 200: unbindCaseSchema },
      },
      config: { problems: ['NOT_FOUND', 'ILLEGAL_STATE', 'TOO_LATE', 'LIMIT_REACHED'] },
    },
    async (request) => {
      const uuid = uuidOf('id', request.params.id)
      const startsAtMs = Date.parse(request.body.startsAt)
      const act = { uuid, actor: callerOf(request).name, startsAtMs }
      return after(uuid, await cases.reschedule(act))
    },
  )

  app.post(
    '/v1/unbind-cases/:id/waivers',
    {
      schema: {
        operationId: 'waiveForUnbindCase',
        tags: ['unbind cases'],
        summary: 'Waive something that a case waits for',
        description: 'Only what is `soft`; who and why stay on record.',
        params: idParams,
        body: waiverBody,
        response: { 200: unbindCaseSchema },
      },
      config: { problems: ['NOT_FOUND', 'ILLEGAL_STATE', 'QUEUE_FULL'] },
    },
    async (request) => {
      const uuid = uuidOf('id', request.params.id)
      const { code, why } = request.body
      return after(uuid, await cases.waive({ uuid, actor: callerOf(request).name, code, why }))
    },
  )
}

export const unbindCaseRoutes = (app: Api, services: ApiServices): void => {
  addOpen(app, services)
  addReads(app, services)
  addActs(app, services)
}
