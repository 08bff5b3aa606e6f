/**
 * destroy-scope-key: the end of everything that lies sealed under a scope's key. The row stays and says
 * when, why and by whom; its sealed part is gone, for ever.
 * Results: ok (replayed where it was destroyed before) | NOT_FOUND | HELD (a legal hold stands) | NOT_DUE
 * (its retention is not over, or has no end yet).
 * Events: scope-key.destroyed.
 */
import type { LegalHoldRow, ScopeKeyRow } from '../records/tables.js'
import { event } from './event.js'
import { many, one, operation, together, update } from './operation.js'

export interface DestroyScopeKeyInput {
  readonly scope: string
  readonly why: string
  readonly actor: string
  readonly atMs: number
}

export interface DestroyScopeKeyRows {
  readonly key: ScopeKeyRow | undefined
  readonly holds: readonly LegalHoldRow[]
}

export type DestroyScopeKeyResult =
  | { readonly ok: true; readonly replayed: boolean }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'HELD' | 'NOT_DUE' }

const isDue = ({ retainUntilMs }: ScopeKeyRow, atMs: number): boolean =>
  retainUntilMs !== null && retainUntilMs <= atMs

export const destroyScopeKey = operation<
  DestroyScopeKeyInput,
  DestroyScopeKeyRows,
  DestroyScopeKeyResult
>({
  name: 'destroy-scope-key',
  load: ({ scope }) =>
    together({
      key: one('scopeKey', { scope }),
      holds: many('legalHold', { scope, standing: 1 }, 1),
    }),
  decide({ key, holds }, { scope, why, actor, atMs }) {
    if (key === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (key.destroyedAtMs !== null) return { writes: [], result: { ok: true, replayed: true } }
    if (holds.length > 0) return { writes: [], result: { ok: false, code: 'HELD' } }
    if (!isDue(key, atMs)) return { writes: [], result: { ok: false, code: 'NOT_DUE' } }
    return {
      writes: [
        update('scopeKey', key.id, {
          sealedPart: null,
          destroyedAtMs: atMs,
          destroyedBy: actor,
          destroyedWhy: why,
        }),
        event({ atMs, kind: 'scope-key.destroyed', actor, data: { scope, why } }),
      ],
      result: { ok: true, replayed: false },
    }
  },
})
