/**
 * note-fee: a fee or a deposit is written down with a case, or a note of one is taken back by another. It is
 * a note: nothing waits for it, in no state of the case, and it may be made after the case has ended.
 * Results: ok | replayed | NOT_FOUND (no such case, or note of it) | ALREADY_DONE (that note was taken back)
 * | ILLEGAL_STATE (what takes another back is itself never taken back) | LIMIT_REACHED | IDEMPOTENCY_MISMATCH.
 * Events: case.fee_noted, case.fee_withdrawn.
 */
import { uuidToText } from '@tillgate/protocol'

import { caseLimits } from '../cases/limits.js'
import type { CaseFeeRow, IdempotencyRow, UnbindCaseRow } from '../records/tables.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { insert, many, nothing, one, operation, together } from './operation.js'

/** What is noted anew, or which note is taken back. */
export type FeeNote =
  | {
      readonly kind: 'fee' | 'deposit'
      readonly amountMinor: number
      readonly currency: string
      readonly withdraws: null
    }
  | { readonly withdraws: Uint8Array }

export interface NoteFeeInput {
  readonly uuid: Uint8Array
  readonly publicId: string
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly fee: FeeNote
  readonly note: string
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface NoteFeeRows {
  readonly earlier: IdempotencyRow | undefined
  readonly unbindCase: UnbindCaseRow | undefined
  readonly fees: readonly CaseFeeRow[]
  /** The note that is taken back. */
  readonly withdrawn: CaseFeeRow | undefined
}

type Code =
  'NOT_FOUND' | 'ALREADY_DONE' | 'ILLEGAL_STATE' | 'LIMIT_REACHED' | 'IDEMPOTENCY_MISMATCH'

export type NoteFeeResult =
  | { readonly ok: true; readonly publicId: string; readonly replayed: boolean }
  | { readonly ok: false; readonly code: Code; readonly field?: string }

type Noted = Pick<CaseFeeRow, 'kind' | 'amountMinor' | 'currency' | 'withdrawsId'>

const refused = (code: Code, field?: string) => ({
  ok: false as const,
  code,
  ...(field === undefined ? {} : { field }),
})

const taken = ({ fees, withdrawn }: NoteFeeRows, caseId: number) => {
  if (withdrawn?.caseId !== caseId) return refused('NOT_FOUND', 'feeId')
  if (withdrawn.withdrawsId !== null) return refused('ILLEGAL_STATE', 'feeId')
  if (fees.some(({ withdrawsId }) => withdrawsId === withdrawn.id)) return refused('ALREADY_DONE')
  const { kind, currency, amountMinor, id: withdrawsId } = withdrawn
  return { ok: true as const, noted: { kind, currency, amountMinor: -amountMinor, withdrawsId } }
}

const noted = (
  rows: NoteFeeRows,
  { fee, caseId }: NoteFeeInput,
): { ok: true; noted: Noted } | ReturnType<typeof refused> => {
  if (rows.unbindCase === undefined) return refused('NOT_FOUND')
  if (fee.withdraws !== null) return taken(rows, caseId)
  const standing = rows.fees.filter(({ withdrawsId }) => withdrawsId === null)
  if (standing.length >= caseLimits.feesMax) return refused('LIMIT_REACHED')
  const { kind, amountMinor, currency } = fee
  return { ok: true, noted: { kind, amountMinor, currency, withdrawsId: null } }
}

export const noteFee = operation<NoteFeeInput, NoteFeeRows, NoteFeeResult>({
  name: 'note-fee',
  load: ({ idempotency, caseId, fee: { withdraws } }) =>
    together({
      earlier: loadEarlier(idempotency),
      unbindCase: one('unbindCase', { id: caseId }),
      fees: many('caseFee', { caseId }, 2 * caseLimits.feesMax),
      withdrawn: withdraws === null ? nothing(undefined) : one('caseFee', { uuid: withdraws }),
    }),
  decide(rows, input) {
    const { uuid, publicId, caseId, note, actor, atMs, idempotency } = input
    const before = earlierAnswer(rows.earlier, idempotency)
    if (before.kind === 'mismatch') return { writes: [], result: refused('IDEMPOTENCY_MISMATCH') }
    if (before.kind === 'same')
      return { writes: [], result: { ok: true, publicId: before.madeId, replayed: true } }
    const answer = noted(rows, input)
    if (!answer.ok) return { writes: [], result: answer }
    const { unbindCase, withdrawn } = rows
    if (unbindCase === undefined) throw new Error('a fee of no case')
    const { kind, amountMinor, currency } = answer.noted
    const about = { fee: publicId, feeKind: kind, amountMinor, currency }
    const { terminalId, bindingId } = unbindCase
    return {
      writes: [
        insert('caseFee', {
          ...{ uuid, caseId, ...answer.noted, note },
          createdBy: actor,
          createdAtMs: atMs,
        }),
        event({
          ...{ atMs, actor, terminalId, bindingId, caseId },
          kind: withdrawn === undefined ? 'case.fee_noted' : 'case.fee_withdrawn',
          data:
            withdrawn === undefined ? about : { ...about, withdraws: uuidToText(withdrawn.uuid) },
        }),
        ...remember(idempotency, { kind: 'fee', id: publicId, atMs }),
      ],
      result: { ok: true, publicId, replayed: false },
    }
  },
})
