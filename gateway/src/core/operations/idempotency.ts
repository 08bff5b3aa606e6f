/**
 * `Idempotency-Key` of the API, held in the transaction of the change itself: the same key with the
 * same request answers what it made the first time; with another request it is refused.
 */
import { insert, one, type Load, type Write } from './operation.js'
import type { IdempotencyRow } from '../records/tables.js'
import { sameBytes } from '../records/same-bytes.js'

export interface IdempotencyClaim {
  readonly keyHash: Uint8Array
  readonly requestHash: Uint8Array
}

export type EarlierAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'same'; readonly madeId: string }
  | { readonly kind: 'mismatch' }

export function* loadEarlier(
  claim: IdempotencyClaim | undefined,
): Load<IdempotencyRow | undefined> {
  return claim === undefined ? undefined : yield* one('idempotency', { keyHash: claim.keyHash })
}

export const earlierAnswer = (
  row: IdempotencyRow | undefined,
  claim: IdempotencyClaim | undefined,
): EarlierAnswer => {
  if (row === undefined || claim === undefined) return { kind: 'none' }
  return sameBytes(row.requestHash, claim.requestHash)
    ? { kind: 'same', madeId: row.madeId }
    : { kind: 'mismatch' }
}

/** The write that remembers; empty where the request carried no key. */
export const remember = (
  claim: IdempotencyClaim | undefined,
  made: { readonly kind: string; readonly id: string; readonly atMs: number },
): readonly Write[] =>
  claim === undefined
    ? []
    : [
        insert('idempotency', {
          keyHash: claim.keyHash,
          requestHash: claim.requestHash,
          madeKind: made.kind,
          madeId: made.id,
          createdAtMs: made.atMs,
        }),
      ]
