/**
 * An unbind case, as the API shows it: where it stands in the words of the case, what it waits for in two
 * languages, and what somebody has waived.
 */
import Type from 'typebox'
import type { Static } from 'typebox'
import { toHex, uuidToText } from '@tillgate/protocol'
import {
  checklistOf,
  readWaits,
  readWaivers,
  unbindReasons,
  waitings,
  type CaseView,
} from '@tillgate/gateway'

import { timeOrNull, timeSchema, toTime, toTimeOrNull } from './time.js'

const waitSchema = Type.Object(
  {
    code: Type.String({ examples: ['UNSETTLED_BATCH'] }),
    en: Type.String(),
    zh: Type.String(),
    rule: Type.Enum(['hard', 'soft', 'clears', 'note'], {
      description:
        '`hard` is never waived, `soft` may be, `clears` ends by itself, `note` holds nothing up.',
    }),
  },
  { additionalProperties: false },
)

export const unbindCaseSchema = Type.Object(
  {
    id: Type.String(),
    sn: Type.String(),
    bindingId: Type.String(),
    merchantId: Type.String(),
    acquirerCode: Type.String(),
    mid: Type.String(),
    tid: Type.String(),
    reason: Type.String({ examples: ['STORE_CLOSED'] }),
    reasonText: Type.Object(
      { en: Type.String(), zh: Type.String() },
      { additionalProperties: false },
    ),
    note: Type.String(),
    state: Type.String({ examples: ['AWAITING_APPROVAL'] }),
    open: Type.Boolean(),
    waitsFor: Type.Array(waitSchema),
    waivers: Type.Array(
      Type.Object(
        { code: Type.String(), who: Type.String(), why: Type.String(), at: timeSchema },
        { additionalProperties: false },
      ),
    ),
    checklist: Type.Array(
      Type.Object(
        {
          item: Type.String({ examples: ['MERCHANT_CONFIRMATION', 'closing-agreement'] }),
          satisfied: Type.Boolean(),
          by: Type.Union([Type.String(), Type.Null()]),
          at: timeOrNull,
        },
        { additionalProperties: false },
      ),
      { description: 'What its reason wants before anybody approves.' },
    ),
    confirmedHow: Type.Union([Type.Literal('code'), Type.Literal('counter'), Type.Null()]),
    approvalHash: Type.Union([Type.String(), Type.Null()], {
      description: 'SHA-256 of what was approved, in hex.',
    }),
    commandId: Type.Union([Type.String(), Type.Null()], {
      description: 'The Unbind that it ordered last: `GET /v1/commands/{id}` has its proofs.',
    }),
    orders: Type.Integer({ description: 'Unbinds ordered so far; at most one is open.' }),
    postponements: Type.Integer(),
    partialProofs: Type.Integer(),
    reboots: Type.Integer({ description: 'That the terminal survived while erasing.' }),
    reschedules: Type.Integer({ description: 'How often its appointment was moved.' }),
    startsAt: timeSchema,
    deadline: timeSchema,
    createdBy: Type.String(),
    createdAt: timeSchema,
    endedAt: timeOrNull,
  },
  { additionalProperties: false },
)

const waitOf = (code: string): Static<typeof waitSchema> => {
  const { en, zh, rule } = waitings.find((one) => one.code === code) ?? {
    en: code,
    zh: code,
    rule: 'hard' as const,
  }
  return { code, en, zh, rule }
}

const reasonText = (code: string): { en: string; zh: string } => {
  const { en, zh } = unbindReasons.find((one) => one.code === code) ?? { en: code, zh: code }
  return { en, zh }
}

export const toUnbindCase = (view: CaseView): Static<typeof unbindCaseSchema> => ({
  id: uuidToText(view.uuid),
  sn: view.sn,
  bindingId: uuidToText(view.bindingUuid),
  merchantId: uuidToText(view.merchantUuid),
  acquirerCode: view.acquirerCode,
  mid: view.mid,
  tid: view.tid,
  reason: view.reason,
  reasonText: reasonText(view.reason),
  note: view.note,
  state: view.state,
  open: view.open === 1,
  waitsFor: readWaits(view.waitsFor).map(waitOf),
  waivers: readWaivers(view.waivers).map(({ code, who, why, atMs }) => ({
    ...{ code, who, why },
    at: toTime(atMs),
  })),
  checklist: checklistOf(view).map(({ atMs, ...item }) => ({ ...item, at: toTimeOrNull(atMs) })),
  confirmedHow: view.confirmedHow,
  approvalHash: view.approvalHash === null ? null : toHex(view.approvalHash),
  commandId: view.commandUuid === null ? null : uuidToText(view.commandUuid),
  orders: view.orders,
  postponements: view.postponements,
  partialProofs: view.partialProofs,
  reboots: view.reboots,
  reschedules: view.reschedules,
  startsAt: toTime(view.startsAtMs),
  deadline: toTime(view.deadlineMs),
  createdBy: view.createdBy,
  createdAt: toTime(view.createdAtMs),
  endedAt: toTimeOrNull(view.endedAtMs),
})
