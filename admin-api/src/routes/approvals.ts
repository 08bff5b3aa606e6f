/**
 * /v1/approvals: what is destructive is asked for, and other persons decide, each with a fresh code and by
 * the hash of what they saw. A token may ask; only a person may vote.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { uuidFromText } from '@tillgate/protocol'
import {
  approvalLimits,
  unbindReasonCodes,
  type ApprovalMaker,
  type ApprovalRequest,
} from '@tillgate/gateway'

import type { Api } from '../api.js'
import { callerOf } from '../auth/gate.js'
import { invalidField, notFound, problem, refusal } from '../problems/problem.js'
import { hashOf, line, sha256Field, snField, uuidField, uuidOf } from '../requests/fields.js'
import { idempotencyHeaders, idempotencyOf, markReplay } from '../requests/idempotency-key.js'
import { pageOf, pageQuery, readPage } from '../requests/page.js'
import { codeField, personOf } from '../requests/person.js'
import {
  approvalSchema,
  approvalStates,
  toApproval,
  toWholeApproval,
  wholeApprovalSchema,
} from '../resources/approval.js'
import type { ApiServices } from '../services.js'

const reason = line(approvalLimits.reasonLengthMax)

export const expiresInSecondsField = Type.Optional(
  Type.Integer({
    minimum: approvalLimits.lifetimeMsMin / 1_000,
    maximum: approvalLimits.lifetimeMsMax / 1_000,
  }),
)

const request = Type.Object(
  {
    kind: Type.Enum(['unbind']),
    sns: Type.Array(snField, { minItems: 1, maxItems: approvalLimits.targetsMax }),
    parameters: Type.Object(
      { reason: Type.Enum([...unbindReasonCodes]) },
      { additionalProperties: false },
    ),
    brakeCap: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: approvalLimits.targetsMax,
        description: 'Terminals between Proceed and proof, where more than the brake’s are wanted.',
      }),
    ),
    reason,
    expiresInSeconds: expiresInSecondsField,
  },
  {
    additionalProperties: false,
    examples: [
      {
        kind: 'unbind',
        sns: ['PAX-A920-000017'],
        parameters: { reason: 'STORE_CLOSED' },
        reason: 'the shop in the north closes',
      },
    ],
  },
)

const ballot = {
  subjectHash: sha256Field,
  code: codeField,
  reason,
}
const seen = { subjectHash: 'ab'.repeat(32), code: '492039', reason: 'seen and agreed' }
const vote = Type.Object(
  { decision: Type.Enum(['approve', 'reject']), ...ballot },
  { additionalProperties: false, examples: [{ decision: 'approve', ...seen }] },
)
const breakGlassVote = Type.Object(ballot, { additionalProperties: false, examples: [seen] })

const makerOf = (asking: FastifyRequest): ApprovalMaker => {
  const { person, tokenUuid } = callerOf(asking)
  return person === undefined ? { tokenUuid } : { userId: person.user.id }
}

const show = async ({ records }: ApiServices, uuid: Uint8Array) => {
  const row = await records.read('approval-by-uuid', { uuid })
  if (row === undefined) throw notFound('id', 'approval')
  return toWholeApproval(row, await records.read('approval-votes', { approvalId: row.id }))
}

export const askProblems = [
  'CONFLICT',
  'TOO_MANY_TARGETS',
  'NOT_FOUND',
  'IDEMPOTENCY_MISMATCH',
] as const

/** What is asked for; who asks, and until when, is in the request. */
type Wish = Omit<ApprovalRequest, 'expiresAtMs' | 'maker' | 'actor' | 'idempotency'> & {
  readonly expiresInSeconds: number | undefined
}

/** Freezes it and answers what people will see. */
export const askForApproval = async (
  services: ApiServices,
  { asking, reply }: { readonly asking: FastifyRequest; readonly reply: FastifyReply },
  { expiresInSeconds, ...wish }: Wish,
) => {
  const lifeMs = expiresInSeconds === undefined ? undefined : expiresInSeconds * 1_000
  const asked = await services.approvals.request({
    ...wish,
    ...idempotencyOf(services, asking),
    expiresAtMs: services.clock.now() + (lifeMs ?? approvalLimits.lifetimeMsDefault),
    maker: makerOf(asking),
    actor: callerOf(asking).name,
  })
  if (!asked.ok && 'lines' in asked) {
    const errors = asked.lines.map(({ line: at, sn, code }) => ({
      field: `sns.${String(at)}`,
      rule: `${sn}: ${code}`,
    }))
    throw problem('CONFLICT', { errors })
  }
  if (!asked.ok) throw refusal(asked)
  markReplay(reply, asked.approversNeeded === null)
  return show(services, uuidFromText(asked.publicId) ?? new Uint8Array(16))
}

const addRequest = (app: Api, services: ApiServices): void => {
  app.post(
    '/v1/approvals',
    {
      schema: {
        operationId: 'requestApproval',
        tags: ['approvals'],
        summary: 'Ask for something destructive',
        description: 'The list is frozen; every line that can’t be asked for is named.',
        headers: idempotencyHeaders,
        body: request,
        response: { 200: wholeApprovalSchema, 201: wholeApprovalSchema },
      },
      config: { problems: askProblems },
    },
    (asking, reply) => {
      const { kind, sns, parameters, brakeCap = null, reason: why, expiresInSeconds } = asking.body
      const wish = { kind, sns, parameters, brakeCap, reason: why, expiresInSeconds }
      return askForApproval(services, { asking, reply }, { ...wish, command: 'Unbind' })
    },
  )
}

const addReads = (app: Api, services: ApiServices): void => {
  app.get(
    '/v1/approvals',
    {
      schema: {
        operationId: 'listApprovals',
        tags: ['approvals'],
        summary: 'List requests',
        querystring: Type.Object(
          { ...pageQuery, state: Type.Optional(Type.Enum([...approvalStates])) },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(approvalSchema) },
      },
      config: { problems: ['BAD_CURSOR'] },
    },
    async ({ query }) => {
      const { state } = query
      const { rows, nextCursor } = await readPage('approvals', query, (at) =>
        services.records.read('approvals', { ...at, ...(state === undefined ? {} : { state }) }),
      )
      return { items: rows.map(toApproval), nextCursor }
    },
  )
  app.get(
    '/v1/approvals/:id',
    {
      schema: {
        operationId: 'showApproval',
        tags: ['approvals'],
        summary: 'Show a request with its frozen subject and its votes',
        params: Type.Object({ id: uuidField }),
        response: { 200: wholeApprovalSchema },
      },
      config: { problems: ['NOT_FOUND'] },
    },
    ({ params }) => show(services, uuidOf('id', params.id)),
  )
}

const voteProblems = [
  'NOT_FOUND',
  'PERSON_REQUIRED',
  'NOT_AN_APPROVER',
  'OWN_REQUEST',
  'OTHER_ACQUIRER',
  'ALREADY_VOTED',
  'SUBJECT_CHANGED',
  'CODE_REFUSED',
  'ILLEGAL_STATE',
  'APPROVAL_EXPIRED',
] as const

const aboutTheVote = {
  NOT_FOUND: 'id',
  ILLEGAL_STATE: 'id',
  SUBJECT_CHANGED: 'subjectHash',
  CODE_REFUSED: 'code',
} as const

interface Ballot {
  readonly id: string
  readonly decision: 'approve' | 'reject'
  readonly subjectHash: string
  readonly reason: string
  readonly code: string
  readonly breakGlass: boolean
}

const cast = async (services: ApiServices, asking: FastifyRequest, given: Ballot) => {
  const approvalUuid = uuidOf('id', given.id)
  const { id: _, subjectHash, ...others } = given
  if (others.reason.trim() === '') throw invalidField('reason', 'must say why')
  const voted = await services.approvals.vote({
    ...others,
    approvalUuid,
    voter: personOf(asking).user,
    subjectHash: hashOf('subjectHash', subjectHash),
  })
  if (!voted.ok) throw refusal(voted, aboutTheVote)
  return show(services, approvalUuid)
}

const addVotes = (app: Api, services: ApiServices): void => {
  app.post(
    '/v1/approvals/:id/votes',
    {
      schema: {
        operationId: 'vote',
        tags: ['approvals'],
        summary: 'Approve or reject, with a fresh code',
        params: Type.Object({ id: uuidField }),
        body: vote,
        response: { 200: wholeApprovalSchema },
      },
      config: { problems: voteProblems },
    },
    (asking) => cast(services, asking, { ...asking.body, id: asking.params.id, breakGlass: false }),
  )
  app.post(
    '/v1/approvals/:id/break-glass',
    {
      schema: {
        operationId: 'breakGlass',
        tags: ['approvals'],
        summary: 'Approve alone, as an administrator, where the policy allows it',
        description: 'Raises an alarm at once and stays marked for ever.',
        params: Type.Object({ id: uuidField }),
        body: breakGlassVote,
        response: { 200: wholeApprovalSchema },
      },
      config: { problems: [...voteProblems, 'BREAK_GLASS_OFF'] },
    },
    (asking) => {
      const { id } = asking.params
      return cast(services, asking, { ...asking.body, id, decision: 'approve', breakGlass: true })
    },
  )
}

const addWithdraw = (app: Api, services: ApiServices): void => {
  app.post(
    '/v1/approvals/:id/withdraw',
    {
      schema: {
        operationId: 'withdrawApproval',
        tags: ['approvals'],
        summary: 'Take an own request back before it is decided',
        params: Type.Object({ id: uuidField }),
        response: { 200: wholeApprovalSchema },
      },
      config: { problems: ['NOT_FOUND', 'ILLEGAL_STATE'] },
    },
    async (asking) => {
      const approvalUuid = uuidOf('id', asking.params.id)
      const { name: actor } = callerOf(asking)
      const atMs = services.clock.now()
      const withdrawn = await services.records.submit('withdraw-approval', {
        ...{ approvalUuid, actor, atMs },
      })
      if (!withdrawn.ok) throw refusal(withdrawn, aboutTheVote)
      return show(services, approvalUuid)
    },
  )
}

export const approvalRoutes = (app: Api, services: ApiServices): void => {
  addRequest(app, services)
  addReads(app, services)
  addVotes(app, services)
  addWithdraw(app, services)
}
