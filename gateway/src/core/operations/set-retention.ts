/**
 * set-retention: until when what is sealed under a scope's key must be kept; after that the key is
 * destroyed. It only ever becomes later: a shorter wish of one does not take from another.
 * Results: ok, with the end in force | NOT_FOUND (the scope has no key) | DESTROYED.
 * Events: scope-key.retention-set, where the end changes.
 */
import type { ScopeKeyRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update, type Write } from './operation.js'

export interface SetRetentionInput {
  readonly scope: string
  readonly retainUntilMs: number
  readonly actor: string
  readonly atMs: number
}

export type SetRetentionResult =
  | { readonly ok: true; readonly retainUntilMs: number }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'DESTROYED' }

/** Also for operations that seal something under the key which must be kept for longer. */
export const retentionWrites = (
  key: ScopeKeyRow,
  { retainUntilMs, actor, atMs }: Omit<SetRetentionInput, 'scope'>,
): readonly Write[] =>
  key.retainUntilMs !== null && key.retainUntilMs >= retainUntilMs
    ? []
    : [
        update('scopeKey', key.id, { retainUntilMs }),
        event({
          atMs,
          kind: 'scope-key.retention-set',
          actor,
          data: { scope: key.scope, retainUntilMs },
        }),
      ]

export const setRetention = operation<
  SetRetentionInput,
  { readonly key: ScopeKeyRow | undefined },
  SetRetentionResult
>({
  name: 'set-retention',
  *load({ scope }) {
    return { key: yield* one('scopeKey', { scope }) }
  },
  decide({ key }, input) {
    if (key === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (key.destroyedAtMs !== null) return { writes: [], result: { ok: false, code: 'DESTROYED' } }
    const retainUntilMs = Math.max(key.retainUntilMs ?? 0, input.retainUntilMs)
    return { writes: retentionWrites(key, input), result: { ok: true, retainUntilMs } }
  },
})
