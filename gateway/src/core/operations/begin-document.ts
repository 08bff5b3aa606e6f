/**
 * begin-document: an upload whose parts are about to come. Nobody sees it until keep-document; where that
 * does not come in time, the loop drops it.
 * Results: ok | replayed (this Idempotency-Key has made a document) | NOT_FOUND (no such merchant) |
 * DESTROYED (the scope's key is gone or was never made) | IDEMPOTENCY_MISMATCH.
 * Events: none: nothing is kept yet.
 */
import type { IdempotencyRow, MerchantRow, ScopeKeyRow } from '../records/tables.js'
import { earlierAnswer, loadEarlier, type IdempotencyClaim } from './idempotency.js'
import { freshId, insert, one, operation, together } from './operation.js'

export interface BeginDocumentInput {
  readonly uuid: Uint8Array
  readonly scope: string
  readonly merchantId: number
  readonly kind: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly partCount: number
  readonly contentHash: Uint8Array
  readonly sealedName: Uint8Array
  readonly sealedSalt: Uint8Array
  readonly retainUntilMs: number
  /** Given up where it is not whole by then. */
  readonly patienceUntilMs: number
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface BeginDocumentRows {
  readonly earlier: IdempotencyRow | undefined
  readonly key: ScopeKeyRow | undefined
  readonly merchant: MerchantRow | undefined
  readonly id: number
}

export type BeginDocumentResult =
  | { readonly ok: true; readonly documentId: number }
  | { readonly ok: true; readonly documentId: null; readonly publicId: string }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'DESTROYED' | 'IDEMPOTENCY_MISMATCH' }

export const beginDocument = operation<BeginDocumentInput, BeginDocumentRows, BeginDocumentResult>({
  name: 'begin-document',
  load: (input) =>
    together({
      earlier: loadEarlier(input.idempotency),
      key: one('scopeKey', { scope: input.scope }),
      merchant: one('merchant', { id: input.merchantId }),
      id: freshId('document'),
    }),
  decide({ earlier, key, merchant, id }, input) {
    const before = earlierAnswer(earlier, input.idempotency)
    if (before.kind === 'same')
      return { writes: [], result: { ok: true, documentId: null, publicId: before.madeId } }
    if (before.kind === 'mismatch')
      return { writes: [], result: { ok: false, code: 'IDEMPOTENCY_MISMATCH' } }
    if (merchant === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (key === undefined || key.destroyedAtMs !== null)
      return { writes: [], result: { ok: false, code: 'DESTROYED' } }
    const { patienceUntilMs, actor, atMs, idempotency: _claim, ...document } = input
    return {
      writes: [
        insert('document', {
          ...document,
          id,
          state: 'RECEIVING',
          uploadedBy: actor,
          uploadedAtMs: atMs,
          dropAtMs: patienceUntilMs,
          droppedAtMs: null,
          droppedWhy: null,
        }),
      ],
      result: { ok: true, documentId: id },
    }
  },
})
