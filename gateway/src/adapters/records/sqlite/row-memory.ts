/**
 * Rows that the one writer has read or written lately, by key: most operations ask for the same terminal
 * and the same command again within milliseconds, and reading a row costs more than deciding on it. It
 * holds what the transaction sees, so a rollback forgets everything, and so does whoever changes rows
 * from outside. Only the writing connection of a folder may have one: nobody else changes these rows.
 */
import type { Cell, Where } from '../../../core/operations/operation.js'
import { columns, type TableName } from '../../../core/records/tables.js'
import { sqliteLimits } from './limits.js'

type Row = Readonly<Record<string, unknown>>

/** Tables whose rows are asked for again and again. */
const remembered = ['terminal', 'command', 'binding', 'certificate', 'tid', 'brake'] as const
const isRemembered = (table: TableName): boolean =>
  (remembered as readonly TableName[]).includes(table)

/** Sixteen bytes as a key of a map. */
const keyOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

const onlyColumn = (where: Where): string | undefined => {
  let found: string | undefined
  for (const column in where) {
    if (found !== undefined) return undefined
    found = column
  }
  return found
}

export class RowMemory {
  readonly #tables = new Map<TableName, Map<number, Row>>()
  /** A command's id by its uuid, which never changes. */
  readonly #commands = new Map<string, number>()

  /** Undefined: not remembered, which says nothing of whether it exists. */
  find(table: TableName, where: Where): Row | undefined {
    const rows = this.#tables.get(table)
    if (rows === undefined) return undefined
    const column = onlyColumn(where)
    if (column === 'id') return rows.get(where['id'] as number)
    if (table !== 'command' || column !== 'uuid') return undefined
    const id = this.#commands.get(keyOf(where['uuid'] as Uint8Array))
    return id === undefined ? undefined : rows.get(id)
  }

  read(table: TableName, row: unknown): void {
    if (row === undefined || !isRemembered(table)) return
    this.#keep(table, row as Row & { readonly id: number })
  }

  inserted(table: TableName, row: Where, id: number): void {
    if (!isRemembered(table)) return
    const whole: Record<string, Cell> = {}
    for (const column in columns[table]) whole[column] = row[column] ?? null
    this.#keep(table, { ...whole, id })
  }

  updated(table: TableName, id: number, set: Where): void {
    const rows = this.#tables.get(table)
    const row = rows?.get(id)
    if (row === undefined) return
    // One spread and plain stores: a second spread costs several times as much.
    const changed: Record<string, unknown> = { ...row }
    for (const column in set) changed[column] = set[column]
    rows?.set(id, changed)
  }

  forget(): void {
    this.#tables.clear()
    this.#commands.clear()
  }

  #keep(table: TableName, row: Row & { readonly id: number }): void {
    let rows = this.#tables.get(table)
    if (rows === undefined) {
      rows = new Map()
      this.#tables.set(table, rows)
    }
    if (rows.size >= sqliteLimits.rowsRememberedMax) {
      rows.clear()
      if (table === 'command') this.#commands.clear()
    }
    rows.set(row.id, row)
    if (table === 'command') this.#commands.set(keyOf(row['uuid'] as Uint8Array), row.id)
  }
}
