/**
 * make-scope-key: a scope gets the key under which what is its is sealed. Of two that make one at the
 * same time one stores, and the other reads what is there.
 * Results: ok (made: false where there is one) | DESTROYED (there was one; there is never another).
 * Events: scope-key.made.
 */
import type { ScopeKeyRow } from '../records/tables.js'
import { event } from './event.js'
import { insert, one, operation } from './operation.js'

export interface MakeScopeKeyInput {
  readonly scope: string
  readonly sealedPart: Uint8Array
  readonly actor: string
  readonly atMs: number
}

export type MakeScopeKeyResult =
  { readonly ok: true; readonly made: boolean } | { readonly ok: false; readonly code: 'DESTROYED' }

export const makeScopeKey = operation<
  MakeScopeKeyInput,
  { readonly key: ScopeKeyRow | undefined },
  MakeScopeKeyResult
>({
  name: 'make-scope-key',
  *load({ scope }) {
    return { key: yield* one('scopeKey', { scope }) }
  },
  decide({ key }, { scope, sealedPart, actor, atMs }) {
    if (key?.destroyedAtMs === null) return { writes: [], result: { ok: true, made: false } }
    if (key !== undefined) return { writes: [], result: { ok: false, code: 'DESTROYED' } }
    return {
      writes: [
        insert('scopeKey', {
          scope,
          sealedPart,
          retainUntilMs: null,
          madeAtMs: atMs,
          destroyedAtMs: null,
          destroyedBy: null,
          destroyedWhy: null,
        }),
        event({ atMs, kind: 'scope-key.made', actor, data: { scope } }),
      ],
      result: { ok: true, made: true },
    }
  },
})
