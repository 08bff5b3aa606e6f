/**
 * place-legal-hold: from now on nothing of this scope is destroyed, whatever its retention says, until
 * every hold on it has ended. A scope may be held before anything is sealed for it.
 * Results: ok | DESTROYED (its key is gone: there is nothing left to hold) | IDEMPOTENCY_MISMATCH.
 * Events: legal-hold.placed.
 */
import type { IdempotencyRow, ScopeKeyRow } from '../records/tables.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { insert, one, operation, together } from './operation.js'

export interface PlaceLegalHoldInput {
  readonly uuid: Uint8Array
  /** The uuid as text. */
  readonly publicId: string
  readonly scope: string
  readonly reason: string
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface PlaceLegalHoldRows {
  readonly earlier: IdempotencyRow | undefined
  readonly key: ScopeKeyRow | undefined
}

export type PlaceLegalHoldResult =
  | { readonly ok: true; readonly publicId: string }
  | { readonly ok: false; readonly code: 'DESTROYED' | 'IDEMPOTENCY_MISMATCH' }

export const placeLegalHold = operation<
  PlaceLegalHoldInput,
  PlaceLegalHoldRows,
  PlaceLegalHoldResult
>({
  name: 'place-legal-hold',
  load: (input) =>
    together({
      earlier: loadEarlier(input.idempotency),
      key: one('scopeKey', { scope: input.scope }),
    }),
  decide({ earlier, key }, input) {
    const before = earlierAnswer(earlier, input.idempotency)
    if (before.kind === 'same') return { writes: [], result: { ok: true, publicId: before.madeId } }
    if (before.kind === 'mismatch')
      return { writes: [], result: { ok: false, code: 'IDEMPOTENCY_MISMATCH' } }
    if (key !== undefined && key.destroyedAtMs !== null)
      return { writes: [], result: { ok: false, code: 'DESTROYED' } }
    const { uuid, publicId, scope, reason, actor, atMs } = input
    return {
      writes: [
        insert('legalHold', {
          uuid,
          scope,
          standing: 1,
          reason,
          placedBy: actor,
          placedAtMs: atMs,
          endedBy: null,
          endedAtMs: null,
          endReason: null,
        }),
        event({ atMs, kind: 'legal-hold.placed', actor, data: { hold: publicId, scope } }),
        ...remember(input.idempotency, { kind: 'legal-hold', id: publicId, atMs }),
      ],
      result: { ok: true, publicId },
    }
  },
})
