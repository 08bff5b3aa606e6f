/** What a copy of all records is made of, whoever reads and whoever writes them. */
import type { Cell } from '../../core/operations/operation.js'
import type { TableName } from '../../core/records/tables.js'

export type CopyRow = Readonly<Record<string, Cell>> & { readonly id: number }

/** Rows read, and written, at once. */
export const copyRowsMax = 1_000

/** Of parts of documents, a quarter of a MiB each. */
const documentPartsMax = 16

export const rowsAtOnce = (table: TableName): number =>
  table === 'documentPart' ? documentPartsMax : copyRowsMax
