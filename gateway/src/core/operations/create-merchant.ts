/**
 * create-merchant: a merchant of an acquirer.
 * Results: ok | DUPLICATE (this acquirer has a merchant with this MID) | IDEMPOTENCY_MISMATCH.
 * Events: merchant.created.
 */
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { insert, one, operation, together } from './operation.js'
import type { IdempotencyRow, MerchantRow } from '../records/tables.js'

export interface CreateMerchantInput {
  readonly uuid: Uint8Array
  /** The uuid as text: what an idempotent repetition is answered with. */
  readonly publicId: string
  readonly acquirerCode: string
  readonly mid: string
  readonly name: string
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface Rows {
  readonly earlier: IdempotencyRow | undefined
  readonly sameMid: MerchantRow | undefined
}

export type CreateMerchantResult =
  | { readonly ok: true; readonly publicId: string }
  | { readonly ok: false; readonly code: 'DUPLICATE' | 'IDEMPOTENCY_MISMATCH' }

export const createMerchant = operation<CreateMerchantInput, Rows, CreateMerchantResult>({
  name: 'create-merchant',
  load: (input) =>
    together({
      earlier: loadEarlier(input.idempotency),
      sameMid: one('merchant', { acquirerCode: input.acquirerCode, mid: input.mid }),
    }),
  decide(rows, input) {
    const before = earlierAnswer(rows.earlier, input.idempotency)
    if (before.kind === 'same') return { writes: [], result: { ok: true, publicId: before.madeId } }
    if (before.kind === 'mismatch') {
      return { writes: [], result: { ok: false, code: 'IDEMPOTENCY_MISMATCH' } }
    }
    if (rows.sameMid) return { writes: [], result: { ok: false, code: 'DUPLICATE' } }
    const { uuid, publicId, acquirerCode, mid, name, actor, atMs } = input
    return {
      writes: [
        insert('merchant', { uuid, acquirerCode, mid, name, createdAtMs: atMs }),
        event({ atMs, kind: 'merchant.created', actor, data: { merchant: publicId, mid } }),
        ...remember(input.idempotency, { kind: 'merchant', id: publicId, atMs }),
      ],
      result: { ok: true, publicId },
    }
  },
})
