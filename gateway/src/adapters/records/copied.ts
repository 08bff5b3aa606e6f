/** What a copy of all records is made of, whoever reads and whoever writes them. */
import type { Cell } from '../../core/operations/operation.js'

export type CopyRow = Readonly<Record<string, Cell>> & { readonly id: number }

/** Rows read, and written, at once. */
export const copyRowsMax = 1_000
