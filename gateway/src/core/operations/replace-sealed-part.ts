/**
 * replace-sealed-part: a secret that was sealed anew, under the current sealing key, takes the place of
 * what it was read from. Where somebody else has written there meanwhile nothing changes.
 * Results: ok | CHANGED (what is there is not what was read: look again).
 * Events: none: nothing is different but the key, and what the key change came to has its own line.
 */
import { equalBytes } from '@tillgate/protocol'
import { sealedColumns, type SealedColumnName } from '../records/sealed-columns.js'
import type { RowOf, TableName } from '../records/tables.js'
import { one, operation, type Write } from './operation.js'

export interface ReplaceSealedPartInput {
  readonly place: SealedColumnName
  readonly id: number
  /** Whose it is, as its binding says: the name of its lock. */
  readonly whose: string
  readonly before: Uint8Array
  readonly after: Uint8Array
}

export interface ReplaceSealedPartRows {
  readonly row: RowOf<TableName> | undefined
}

export type ReplaceSealedPartResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'CHANGED' }

export const replaceSealedPart = operation<
  ReplaceSealedPartInput,
  ReplaceSealedPartRows,
  ReplaceSealedPartResult
>({
  name: 'replace-sealed-part',
  *load({ place, id }) {
    return { row: yield* one(sealedColumns[place].table, { id }) }
  },
  decide({ row }, { place, id, before, after }) {
    const { table, column } = sealedColumns[place]
    const there = (row as Readonly<Record<string, unknown>> | undefined)?.[column]
    if (!(there instanceof Uint8Array) || !equalBytes(there, before))
      return { writes: [], result: { ok: false, code: 'CHANGED' } }
    const write: Write = { write: 'update', table, id, set: { [column]: after } }
    return { writes: [write], result: { ok: true } }
  },
})
