/**
 * The statements of the operations, compiled once per shape: a table with the columns of the
 * question, the row or the update. This is the hot path; it builds no text for a shape that it knows.
 *
 * A question must go along an index; one that would read a whole table is a bug and is refused when
 * its shape is first seen.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'
import type { Cell, Where } from '../../../core/operations/operation.js'
import type { TableName } from '../../../core/records/tables.js'
import { BadShape } from '../group.js'
import { PackedRow } from './packed-row.js'
import { hasColumn, isTable, quoted } from '../sql-names.js'

/**
 * Partial indexes stand on these flags, and SQLite uses a partial index only where it sees the value
 * in the text: for them the value is part of the shape.
 */
const literalFlags: ReadonlySet<string> = new Set(['open', 'live'])

const isLiteral = (column: string, cell: Cell | undefined): boolean =>
  literalFlags.has(column) && (cell === 0 || cell === 1)

interface Prepared {
  readonly statement: StatementSyncInstance
  /** Columns whose values are bound, in order. */
  readonly bound: readonly string[]
}

const condition = (column: string, cell: Cell | undefined): string => {
  if (cell === null) return `${quoted(column)} is null`
  if (isLiteral(column, cell)) return `${quoted(column)} = ${String(cell)}`
  return `${quoted(column)} = ?`
}

const shapeOf = (where: Where): string => {
  let shape = ''
  for (const column in where) {
    const cell = where[column]
    shape +=
      cell === null ? `${column}~` : isLiteral(column, cell) ? `${column}${String(cell)}` : column
    shape += ','
  }
  return shape
}

const boundOf = (where: Where): readonly string[] =>
  Object.keys(where).filter((column) => where[column] !== null && !isLiteral(column, where[column]))

export class Statements {
  readonly #db: DatabaseSyncInstance
  readonly #cache = new Map<string, Prepared>()
  readonly #rows = new Map<TableName, PackedRow>()

  constructor(db: DatabaseSyncInstance) {
    this.#db = db
  }

  one(table: TableName, where: Where): unknown {
    const shape = `1${table} ${shapeOf(where)}`
    const { statement, bound } = this.#cache.get(shape) ?? this.#select(shape, table, where, '')
    const cells = statement.get(...values(where, bound)) as readonly unknown[] | undefined
    return cells === undefined ? undefined : this.#packed(table).unpack(cells)
  }

  many(table: TableName, where: Where, limit: number): readonly unknown[] {
    const shape = `*${table} ${shapeOf(where)}`
    const { statement, bound } = this.#cache.get(shape) ?? this.#select(shape, table, where, many)
    const rows = statement.all(...values(where, bound), limit) as (readonly unknown[])[]
    const packed = this.#packed(table)
    return rows.map((cells) => packed.unpack(cells))
  }

  maxId(table: TableName): number {
    const shape = `^${table}`
    const found = this.#cache.get(shape)
    const { statement } =
      found ?? this.#keep(shape, `select coalesce(max(id), 0) as id from ${this.#table(table)}`, [])
    return (statement.get() as { id: number }).id
  }

  /** What is null is left out: it costs a fifth of an insert, and is null without being said. */
  insert(table: TableName, row: Where, id: number): void {
    let shape = `+${table} `
    for (const column in row) {
      if (column !== 'id' && row[column] !== null) shape += `${column},`
    }
    const { statement, bound } = this.#cache.get(shape) ?? this.#insert(shape, table, row)
    statement.run(id, ...values(row, bound))
  }

  /** How many rows were changed: 1, or 0 where the row is gone or the guard no longer holds. */
  update(table: TableName, id: number, set: Where, guard: Where): number {
    let shape = `=${table} `
    for (const column in set) shape += `${column},`
    shape += ` ${shapeOf(guard)}`
    const { statement, bound } = this.#cache.get(shape) ?? this.#update(shape, table, set, guard)
    return statement.run(...values(set, bound), id, ...values(guard, boundOf(guard))).changes
  }

  #packed(table: TableName): PackedRow {
    let packed = this.#rows.get(table)
    if (packed === undefined) {
      packed = PackedRow.ofTable(this.#db, table)
      this.#rows.set(table, packed)
    }
    return packed
  }

  #table(table: TableName): string {
    if (!isTable(table)) throw new BadShape(`no table is called ${String(table)}`)
    return quoted(table)
  }

  #columns(table: TableName, cells: Where): readonly string[] {
    this.#table(table)
    const names = Object.keys(cells)
    for (const name of names) {
      if (!hasColumn(table, name)) throw new BadShape(`${table} has no column ${name}`)
    }
    return names
  }

  #keep(shape: string, sql: string, bound: readonly string[]): Prepared {
    const prepared = { statement: this.#db.prepare(sql), bound }
    this.#cache.set(shape, prepared)
    return prepared
  }

  #select(shape: string, table: TableName, where: Where, tail: string): Prepared {
    const names = this.#columns(table, where)
    const from = this.#table(table)
    const conditions = names.map((name) => condition(name, where[name])).join(' and ')
    const sql =
      `select ${this.#packed(table).list} from ${from}` +
      (names.length === 0 ? '' : ` where ${conditions}`) +
      tail
    if (names.length > 0) this.#refuseScan(sql, table, names)
    const prepared = this.#keep(shape, sql, boundOf(where))
    prepared.statement.setReturnArrays(true)
    return prepared
  }

  #refuseScan(sql: string, table: string, names: readonly string[]): void {
    const plan = this.#db.prepare(`explain query plan ${sql}`).all() as { detail: string }[]
    if (
      plan.some((step) => step.detail.startsWith('SCAN') || step.detail.includes('TEMP B-TREE'))
    ) {
      throw new BadShape(`${table} has no index for a question by ${names.join(', ')}`)
    }
  }

  #insert(shape: string, table: TableName, row: Where): Prepared {
    const names = this.#columns(table, row).filter((name) => name !== 'id' && row[name] !== null)
    const sql =
      `insert into ${this.#table(table)} (id, ${names.map(quoted).join(', ')}) ` +
      `values (?${', ?'.repeat(names.length)})`
    return this.#keep(shape, sql, names)
  }

  #update(shape: string, table: TableName, set: Where, guard: Where): Prepared {
    const names = this.#columns(table, set)
    if (names.length === 0 || names.includes('id')) {
      throw new BadShape(`an update of ${table} sets no column, or its key`)
    }
    const guards = this.#columns(table, guard).map((name) => ` and ${condition(name, guard[name])}`)
    const sql =
      `update ${this.#table(table)} set ${names.map((name) => `${quoted(name)} = ?`).join(', ')} ` +
      `where id = ?${guards.join('')}`
    return this.#keep(shape, sql, names)
  }
}

/**
 * Not a bare `?`: SQLite looks at the value of a bare parameter of LIMIT when it plans, and so plans
 * anew at every call, which costs more than the query.
 */
const many = ' order by id limit ? + 0'

const values = (cells: Where, bound: readonly string[]): Cell[] => {
  const list: Cell[] = []
  for (const column of bound) {
    const cell = cells[column]
    if (cell === undefined) throw new BadShape(`the value of ${column} is undefined`)
    if (typeof cell === 'string' && cell.includes('\u0000')) {
      // The package would cut the text there without a word.
      throw new BadShape(`the text of ${column} holds U+0000`)
    }
    list.push(cell)
  }
  return list
}
