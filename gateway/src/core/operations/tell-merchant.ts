/**
 * tell-merchant: a contact of the merchant hears what has become of a case, once for each thing that brought
 * it about. The notice goes into the outbox; whether this merchant may hear it is decided here.
 * Results: told | not told: NOT_FOUND (no such case, or contact of its merchant) | ENDED (the contact) |
 * ALREADY_DONE (this contact, of this) | QUIET (the reason says so) | UNHEARD_OF (it ended before he heard
 * of it) | RATE_LIMITED.
 * Events: notice.written; notice.given_up of what waits to be sent and is not true any more.
 */
import { uuidToText } from '@tillgate/protocol'

import { isQuietForce } from '../cases/forced.js'
import { hearsOf, wantsOf } from '../cases/wants.js'
import { merchantLimits } from '../merchants/limits.js'
import type { StatusKind } from '../merchants/notice-texts.js'
import { isEnding, isUntrueAfter } from '../merchants/status-of-event.js'
import type {
  ForcedCloseRow,
  MerchantContactRow,
  NoticeRow,
  UnbindCaseRow,
} from '../records/tables.js'
import { event } from './event.js'
import { insert, many, one, operation, together, update, type Write } from './operation.js'

export interface TellMerchantInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly contactId: number
  readonly noticeUuid: Uint8Array
  /** The event that brought it about: `event:<id>`. */
  readonly cause: string
  readonly kind: StatusKind
  readonly sn: string
  /** The appointment, where one lies ahead. */
  readonly startsAtMs: number | null
  readonly atMs: number
}

export interface TellMerchantRows {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly contact: MerchantContactRow | undefined
  readonly forced: ForcedCloseRow | undefined
  readonly same: NoticeRow | undefined
  /** Of this case to this contact, codes among them. */
  readonly earlier: readonly NoticeRow[]
}

export type TellMerchantResult =
  | { readonly told: true }
  | {
      readonly told: false
      readonly because:
        'NOT_FOUND' | 'ENDED' | 'ALREADY_DONE' | 'QUIET' | 'UNHEARD_OF' | 'RATE_LIMITED'
    }

type Because = Extract<TellMerchantResult, { told: false }>['because']

/** Who was told nothing of a wish that was not his own is not told that nothing came of it. */
const isUnheardOf = ({ reason }: UnbindCaseRow, kind: StatusKind, told: number): boolean =>
  (kind === 'refused' || kind === 'cancelled') && !wantsOf(reason).confirmation && told === 0

const isQuiet = (
  { reason }: UnbindCaseRow,
  forced: ForcedCloseRow | undefined,
  kind: StatusKind,
): boolean => {
  const hears = hearsOf(reason)
  if (hears === 'nothing' || (forced !== undefined && isQuietForce(forced.reason))) return true
  return hears === 'end' && kind !== 'done' && kind !== 'forced'
}

const isTooOften = (earlier: readonly NoticeRow[], kind: StatusKind, atMs: number): boolean => {
  const { statusNoticesWindowMs, statusNoticesPerDayMax, endingNoticesPerDay } = merchantLimits
  const recent = earlier.filter(
    (one) => one.kind !== 'code' && one.createdAtMs > atMs - statusNoticesWindowMs,
  )
  const kept = isEnding(kind) ? 0 : endingNoticesPerDay
  return (
    recent.length >= statusNoticesPerDayMax - kept ||
    earlier.length >= merchantLimits.noticesPerCaseMax
  )
}

const objection = (
  { unbindCase, contact, forced, same, earlier }: TellMerchantRows,
  { kind, atMs }: TellMerchantInput,
): Because | undefined => {
  if (unbindCase === undefined || contact?.merchantId !== unbindCase.merchantId) return 'NOT_FOUND'
  if (contact.live === 0) return 'ENDED'
  if (same !== undefined) return 'ALREADY_DONE'
  if (isQuiet(unbindCase, forced, kind)) return 'QUIET'
  const told = earlier.filter((one) => one.kind !== 'code').length
  if (isUnheardOf(unbindCase, kind, told)) return 'UNHEARD_OF'
  return isTooOften(earlier, kind, atMs) ? 'RATE_LIMITED' : undefined
}

const overtaken = (
  { earlier, contact }: TellMerchantRows,
  { kind, atMs }: TellMerchantInput,
): readonly Write[] =>
  earlier
    .filter((one) => one.state === 'WAITING' && isUntrueAfter(one.kind, kind))
    .flatMap(({ id, uuid, kind: was, attempts, caseId }) => [
      update('notice', id, { state: 'GIVEN_UP', dueAtMs: null, endedAtMs: atMs }),
      event({
        ...{ atMs, actor: 'gateway', caseId, kind: 'notice.given_up' },
        data: {
          ...{ notice: uuidToText(uuid), kind: was, attempts, because: kind },
          channel: contact?.channel ?? null,
        },
      }),
    ])

export const tellMerchant = operation<TellMerchantInput, TellMerchantRows, TellMerchantResult>({
  name: 'tell-merchant',
  load: ({ caseId, contactId, cause }) =>
    together({
      unbindCase: one('unbindCase', { id: caseId }),
      contact: one('merchantContact', { id: contactId }),
      forced: one('forcedClose', { caseId }),
      same: one('notice', { contactId, cause }),
      earlier: many('notice', { contactId, caseId }, merchantLimits.noticesPerCaseMax),
    }),
  decide(rows, input) {
    const because = objection(rows, input)
    if (because !== undefined) return { writes: [], result: { told: false, because } }
    const { unbindCase, contact } = rows
    if (unbindCase === undefined || contact === undefined) throw new Error('nobody to tell')
    const { noticeUuid, cause, kind, sn, startsAtMs, atMs } = input
    const { id: caseId, merchantId, terminalId, bindingId } = unbindCase
    const { id: contactId, channel, masked } = contact
    return {
      writes: [
        ...overtaken(rows, input),
        insert('notice', {
          ...{ merchantId, contactId, caseId, kind, cause, attempts: 0, dueAtMs: atMs },
          uuid: noticeUuid,
          data: JSON.stringify(startsAtMs === null ? { sn } : { sn, startsAtMs }),
          sealedCode: null,
          state: 'WAITING',
          giveUpAtMs: atMs + merchantLimits.noticePatienceMs,
          createdAtMs: atMs,
          endedAtMs: null,
        }),
        event({
          ...{ atMs, actor: 'gateway', terminalId, bindingId, caseId },
          kind: 'notice.written',
          data: { notice: uuidToText(noticeUuid), kind, cause, channel, to: masked },
        }),
      ],
      result: { told: true },
    }
  },
})
