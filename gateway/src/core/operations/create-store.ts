/**
 * create-store: a shop of a merchant; where a terminal stands.
 * Results: ok | NOT_FOUND (no such merchant) | IDEMPOTENCY_MISMATCH.
 * Events: store.created.
 */
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { insert, one, operation, together } from './operation.js'
import type { IdempotencyRow, MerchantRow } from '../records/tables.js'

export interface CreateStoreInput {
  readonly uuid: Uint8Array
  /** The uuid as text: what an idempotent repetition is answered with. */
  readonly publicId: string
  readonly merchantUuid: Uint8Array
  readonly name: string
  readonly address: string
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface CreateStoreRows {
  readonly earlier: IdempotencyRow | undefined
  readonly merchant: MerchantRow | undefined
}

export type CreateStoreResult =
  | { readonly ok: true; readonly publicId: string }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'IDEMPOTENCY_MISMATCH' }

export const createStore = operation<CreateStoreInput, CreateStoreRows, CreateStoreResult>({
  name: 'create-store',
  load: (input) =>
    together({
      earlier: loadEarlier(input.idempotency),
      merchant: one('merchant', { uuid: input.merchantUuid }),
    }),
  decide(rows, input) {
    const before = earlierAnswer(rows.earlier, input.idempotency)
    if (before.kind === 'same') return { writes: [], result: { ok: true, publicId: before.madeId } }
    if (before.kind === 'mismatch') {
      return { writes: [], result: { ok: false, code: 'IDEMPOTENCY_MISMATCH' } }
    }
    if (!rows.merchant) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    const { uuid, publicId, name, address, actor, atMs } = input
    const merchantId = rows.merchant.id
    return {
      writes: [
        insert('store', { uuid, merchantId, name, address, createdAtMs: atMs }),
        event({ atMs, kind: 'store.created', actor, data: { store: publicId, name } }),
        ...remember(input.idempotency, { kind: 'store', id: publicId, atMs }),
      ],
      result: { ok: true, publicId },
    }
  },
})
