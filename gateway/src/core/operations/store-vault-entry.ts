/**
 * store-vault-entry: keeps a sealed secret, or a public thing that belongs to one. A name is given
 * once: it carries a version (`signer/ordinary/1`), so that of two nodes that start at the same time
 * one stores and the other reads what is there.
 * The entries named in `retires` go out of use in the same transaction: their sealed parts are
 * dropped, their public parts stay, for what they once signed.
 * Results: ok (made: false when this very entry is there already) | DUPLICATE (another content under
 * this name: read it instead).
 * Events: vault.stored, vault.retired.
 */
import { equalBytes } from '@tillgate/protocol'
import { event } from './event.js'
import { insert, one, operation, together, update, type Write } from './operation.js'
import type { VaultRow } from '../records/tables.js'

export interface StoreVaultEntryInput {
  readonly name: string
  readonly kind: string
  readonly publicPart: Uint8Array | null
  readonly sealedPart: Uint8Array | null
  readonly retires: readonly string[]
  readonly actor: string
  readonly atMs: number
}

export interface StoreVaultEntryRows {
  readonly sameName: VaultRow | undefined
  readonly retiring: readonly VaultRow[]
}

export type StoreVaultEntryResult =
  { readonly ok: true; readonly made: boolean } | { readonly ok: false; readonly code: 'DUPLICATE' }

const samePart = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === null || b === null ? a === b : equalBytes(a, b)

const isSame = (row: VaultRow, input: StoreVaultEntryInput): boolean =>
  row.kind === input.kind &&
  samePart(row.publicPart, input.publicPart) &&
  samePart(row.sealedPart, input.sealedPart)

export const retireWrites = (
  row: VaultRow,
  { actor, atMs }: { readonly actor: string; readonly atMs: number },
): readonly Write[] => [
  update('vault', row.id, { retiredAtMs: atMs, sealedPart: null }),
  event({ atMs, kind: 'vault.retired', actor, data: { name: row.name, kind: row.kind } }),
]

export const storeVaultEntry = operation<
  StoreVaultEntryInput,
  StoreVaultEntryRows,
  StoreVaultEntryResult
>({
  name: 'store-vault-entry',
  *load(input) {
    const { sameName, retired } = yield* together({
      sameName: one('vault', { name: input.name }),
      retired: together(
        Object.fromEntries(input.retires.map((name) => [name, one('vault', { name })])),
      ),
    })
    const retiring = input.retires
      .map((name) => retired[name])
      .filter((row): row is VaultRow => row?.retiredAtMs === null)
    return { sameName, retiring }
  },
  decide(rows, input) {
    if (rows.sameName !== undefined) {
      return isSame(rows.sameName, input)
        ? { writes: [], result: { ok: true, made: false } }
        : { writes: [], result: { ok: false, code: 'DUPLICATE' } }
    }
    const { name, kind, publicPart, sealedPart, actor, atMs } = input
    return {
      writes: [
        ...rows.retiring.flatMap((row) => retireWrites(row, input)),
        insert('vault', {
          name,
          kind,
          publicPart,
          sealedPart,
          createdAtMs: atMs,
          retiredAtMs: null,
        }),
        event({ atMs, kind: 'vault.stored', actor, data: { name, kind } }),
      ],
      result: { ok: true, made: true },
    }
  },
})
