/**
 * A digest of rows that is the same in every dialect: SHA-256 over each row's columns in the order of the
 * core, each with its kind and its length, so that no two different rows read alike.
 */
import { createHash } from 'node:crypto'
import type { Cell } from '../../core/operations/operation.js'
import type { TableName } from '../../core/records/tables.js'
import { columnNames } from './sql-names.js'

const textOf = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return '~'
  if (typeof cell === 'number') return `n${String(cell)}`
  if (typeof cell === 'string') return `t${String(cell.length)}:${cell}`
  return `b${Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('hex')}`
}

export class RowDigest {
  readonly #hash = createHash('sha256')
  readonly #columns: readonly string[]
  #rows = 0

  constructor(table: TableName) {
    this.#columns = columnNames(table)
  }

  get rows(): number {
    return this.#rows
  }

  add(row: Readonly<Record<string, Cell>>): void {
    this.#rows += 1
    for (const column of this.#columns) this.#hash.update(`${textOf(row[column])}\n`)
  }

  /** In hexadecimal digits; nothing may be added any more. */
  end(): string {
    return this.#hash.digest('hex')
  }
}
