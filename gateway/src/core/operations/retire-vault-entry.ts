/**
 * retire-vault-entry: an entry goes out of use. Its sealed part is dropped, its public part stays.
 * Results: ok (also when it was retired before) | NOT_FOUND.
 * Events: vault.retired.
 */
import { one, operation } from './operation.js'
import { retireWrites } from './store-vault-entry.js'
import type { VaultRow } from '../records/tables.js'

export interface RetireVaultEntryInput {
  readonly name: string
  readonly actor: string
  readonly atMs: number
}

export interface RetireVaultEntryRows {
  readonly entry: VaultRow | undefined
}

export type RetireVaultEntryResult =
  | { readonly ok: true; readonly replayed: boolean }
  | { readonly ok: false; readonly code: 'NOT_FOUND' }

export const retireVaultEntry = operation<
  RetireVaultEntryInput,
  RetireVaultEntryRows,
  RetireVaultEntryResult
>({
  name: 'retire-vault-entry',
  *load(input) {
    return { entry: yield* one('vault', { name: input.name }) }
  },
  decide(rows, input) {
    const { entry } = rows
    if (entry === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (entry.retiredAtMs !== null) return { writes: [], result: { ok: true, replayed: true } }
    return { writes: retireWrites(entry, input), result: { ok: true, replayed: false } }
  },
})
