/**
 * send-code: a fresh one-time code for the merchant of a case, with the notice that carries it, in one
 * transaction. Of a case only the newest code counts. Code and receiver come hashed and sealed.
 * Results: ok with the code's end | NOT_FOUND (no such case or contact) | ALREADY_DONE (confirmed, or the
 * case has ended) | ILLEGAL_STATE (its reason wants no confirmation, or it is ordered) | RATE_LIMITED (as
 * many codes as an hour, or a case, may have).
 * Events: case.code_sent.
 */
import { isBeforeOrder } from '../cases/states.js'
import { wantsOf } from '../cases/wants.js'
import { merchantLimits } from '../merchants/limits.js'
import type { ConfirmCodeRow, MerchantContactRow, UnbindCaseRow } from '../records/tables.js'
import { event } from './event.js'
import { freshId, insert, many, one, operation, together, update } from './operation.js'

export interface SendCodeInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly contactUuid: Uint8Array
  readonly salt: Uint8Array
  readonly codeHash: Uint8Array
  readonly noticeUuid: Uint8Array
  readonly sealedCode: Uint8Array
  /** What the notice's text is made of, beside the code. */
  readonly sn: string
  readonly actor: string
  readonly atMs: number
}

export interface SendCodeRows {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly contact: MerchantContactRow | undefined
  readonly codes: readonly ConfirmCodeRow[]
  readonly id: number
}

export type SendCodeResult =
  | { readonly ok: true; readonly expiresAtMs: number; readonly masked: string }
  | {
      readonly ok: false
      readonly code: 'NOT_FOUND' | 'ALREADY_DONE' | 'ILLEGAL_STATE' | 'RATE_LIMITED'
      readonly field?: string
    }

const objection = (
  { unbindCase, contact, codes }: SendCodeRows,
  atMs: number,
): Extract<SendCodeResult, { ok: false }> | undefined => {
  if (unbindCase === undefined) return { ok: false, code: 'NOT_FOUND' }
  if (contact?.merchantId !== unbindCase.merchantId || contact.live === 0)
    return { ok: false, code: 'NOT_FOUND', field: 'contactId' }
  const { open, state, reason, confirmedAtMs } = unbindCase
  if (open === 0 || confirmedAtMs !== null) return { ok: false, code: 'ALREADY_DONE' }
  if (!isBeforeOrder(state) || !wantsOf(reason).confirmation)
    return { ok: false, code: 'ILLEGAL_STATE' }
  const { codesWindowMs, codesPerHourMax, codesPerCaseMax } = merchantLimits
  const recent = codes.filter(({ createdAtMs }) => createdAtMs > atMs - codesWindowMs)
  const isTooOften = recent.length >= codesPerHourMax || codes.length >= codesPerCaseMax
  return isTooOften ? { ok: false, code: 'RATE_LIMITED' } : undefined
}

export const sendCode = operation<SendCodeInput, SendCodeRows, SendCodeResult>({
  name: 'send-code',
  load: ({ caseId, contactUuid }) =>
    together({
      unbindCase: one('unbindCase', { id: caseId }),
      contact: one('merchantContact', { uuid: contactUuid }),
      codes: many('confirmCode', { caseId }, merchantLimits.codesPerCaseMax),
      id: freshId('confirmCode'),
    }),
  decide(rows, input) {
    const { salt, codeHash, noticeUuid, sealedCode, sn, actor, atMs } = input
    const refused = objection(rows, atMs)
    const { unbindCase, contact, codes, id } = rows
    if (refused !== undefined) return { writes: [], result: refused }
    if (unbindCase === undefined || contact === undefined) throw new Error('nothing to send for')
    const { id: caseId, merchantId, terminalId, bindingId } = unbindCase
    const { id: contactId, channel, masked } = contact
    const expiresAtMs = atMs + merchantLimits.codeMs
    const earlier = codes.filter(({ live }) => live === 1)
    return {
      writes: [
        ...earlier.map((code) => update('confirmCode', code.id, { live: 0 })),
        insert('confirmCode', {
          ...{ id, caseId, contactId, salt, codeHash, tries: 0, live: 1, expiresAtMs },
          createdAtMs: atMs,
          usedAtMs: null,
        }),
        insert('notice', {
          ...{ merchantId, contactId, caseId, sealedCode, attempts: 0, dueAtMs: atMs },
          uuid: noticeUuid,
          kind: 'code',
          cause: `code:${String(id)}`,
          data: JSON.stringify({ sn }),
          state: 'WAITING',
          giveUpAtMs: expiresAtMs,
          createdAtMs: atMs,
          endedAtMs: null,
        }),
        event({
          ...{ atMs, actor, terminalId, bindingId, caseId },
          kind: 'case.code_sent',
          data: { channel, to: masked },
        }),
      ],
      result: { ok: true, expiresAtMs, masked },
    }
  },
})
