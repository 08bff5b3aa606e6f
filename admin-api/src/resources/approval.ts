/** An approval with its frozen subject, as people see it before they vote. */
import { Buffer } from 'node:buffer'
import Type from 'typebox'
import type { Static } from 'typebox'
import { toHex, uuidToText } from '@tillgate/protocol'
import type { ApprovalRow, VoteView } from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

export const approvalStates = [
  'PENDING',
  'GRANTED',
  'REJECTED',
  'WITHDRAWN',
  'EXPIRED',
  'USED',
] as const

const shown = {
  id: Type.String(),
  kind: Type.String(),
  state: Type.Enum([...approvalStates]),
  subjectHash: Type.String({ description: 'SHA-256 of `subject`, in hex: what a vote names.' }),
  targetCount: Type.Integer(),
  maker: Type.String(),
  reason: Type.String(),
  approversNeeded: Type.Integer(),
  makerCount: Type.Integer({ description: 'Destructive targets of this maker in the window.' }),
  merchantCount: Type.Integer({ description: 'The same of the merchant with the most.' }),
  brakeCap: Type.Union([Type.Integer(), Type.Null()]),
  breakGlass: Type.Boolean({ description: 'One person has decided it alone.' }),
  usedCount: Type.Integer(),
  createdAt: timeSchema,
  expiresAt: timeSchema,
  decidedAt: timeOrNull,
}

export const approvalSchema = Type.Object(shown, { additionalProperties: false })

const voteSchema = Type.Object(
  {
    login: Type.String(),
    decision: Type.Enum(['approve', 'reject']),
    reason: Type.String(),
    label: Type.String({ description: 'How sure it is who it was.' }),
    breakGlass: Type.Boolean(),
    at: timeSchema,
  },
  { additionalProperties: false },
)

export const wholeApprovalSchema = Type.Object(
  {
    ...shown,
    subject: Type.String({ description: 'Canonical JSON, byte for byte what was hashed.' }),
    votes: Type.Array(voteSchema),
  },
  { additionalProperties: false },
)

export const toApproval = (row: ApprovalRow): Static<typeof approvalSchema> => ({
  id: uuidToText(row.uuid),
  kind: row.kind,
  state: row.state,
  subjectHash: toHex(row.subjectHash),
  targetCount: row.targetCount,
  maker: row.makerActor,
  reason: row.reason,
  approversNeeded: row.approversNeeded,
  makerCount: row.makerCount,
  merchantCount: row.merchantCount,
  brakeCap: row.brakeCap,
  breakGlass: row.breakGlass === 1,
  usedCount: row.usedCount,
  createdAt: toTime(row.createdAtMs),
  expiresAt: toTime(row.expiresAtMs),
  decidedAt: toTimeOrNull(row.decidedAtMs),
})

export const toWholeApproval = (
  row: ApprovalRow,
  votes: readonly VoteView[],
): Static<typeof wholeApprovalSchema> => ({
  ...toApproval(row),
  subject: Buffer.from(row.subject).toString('latin1'),
  votes: votes.map(({ login, decision, reason, label, breakGlass, atMs }) => ({
    ...{ login, decision, reason, label },
    breakGlass: breakGlass === 1,
    at: toTime(atMs),
  })),
})
