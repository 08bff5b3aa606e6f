/**
 * What a group of operations has read, with the group's own writes laid over it: an operation sees those
 * before it as if they had been written. A question is answered from here, or it is said that the records
 * must be asked. Every row in it is held by the group's locks, so it does not age.
 *
 * The writes are kept by row: an insert with the updates after it is one insert, several updates are one.
 */
import type { Cell, Where, Write } from '../../../core/operations/operation.js'
import { sameBytes } from '../../../core/records/same-bytes.js'
import { columns, type TableName } from '../../../core/records/tables.js'
import { BadShape } from '../group.js'
import { OperationBug } from '../operation-bug.js'
import { hasColumn, isTable } from '../sql-names.js'
import { nameOf, type Away, type Found, type Question, type Row } from './questions.js'
import { checkCell } from './values.js'

export interface RowUpdate {
  readonly set: Readonly<Record<string, Cell>>
  /** Columns that must still have these values when it is written. */
  readonly guard: Where
}

export interface TableWrites {
  readonly inserts: readonly Row[]
  readonly updates: ReadonlyMap<number, RowUpdate>
}

interface Answered {
  readonly ids: readonly number[]
  /** There may be more behind the last one. */
  readonly isCut: boolean
}

interface Rows {
  readonly rows: Map<number, Row>
  readonly changed: Set<number>
  readonly inserted: Set<number>
  readonly updates: Map<number, RowUpdate>
}

export type Lookup =
  | { readonly known: true; readonly rows: readonly Row[] }
  /** Ask the records this. */
  | { readonly known: false; readonly question: Question }

const sameCell = (a: Cell | undefined, b: Cell | undefined): boolean => {
  if (a === b) return true
  return a instanceof Uint8Array && b instanceof Uint8Array && sameBytes(a, b)
}

const fits = (row: Row, where: Where): boolean => {
  for (const column in where) if (!sameCell(row[column], where[column])) return false
  return true
}

const idOf = (row: Row): number => row['id'] as number

const byId = (a: Row, b: Row): number => idOf(a) - idOf(b)

/** The id that the question is by, where it is by nothing else. */
const onlyId = ({ ask, where }: Question): number | undefined => {
  const id = where['id']
  return ask === 'one' && typeof id === 'number' && Object.keys(where).length === 1 ? id : undefined
}

export class Picture {
  readonly #tables = new Map<TableName, Rows>()
  readonly #answered = new Map<string, Answered>()
  /** Commands that were put away, and where. */
  readonly #away = new Map<number, number>()
  readonly #events: Row[] = []

  /** What the records answered. */
  learn({ question, rows }: Found): void {
    const known = this.#table(question.table)
    for (const row of rows) {
      // What stands here is what was read before, with this group's writes on it.
      if (!known.rows.has(idOf(row))) known.rows.set(idOf(row), row)
    }
    const isCut = question.ask === 'many' && rows.length >= question.limit
    this.#answered.set(nameOf(question), { ids: rows.map(idOf), isCut })
  }

  learnPlace({ id, part }: Away): void {
    this.#away.set(id, part)
  }

  placeOf(commandId: number): number {
    return this.#away.get(commandId) ?? 0
  }

  look(question: Question): Lookup {
    const name = nameOf(question)
    const known = this.#table(question.table)
    const id = onlyId(question)
    const row = id === undefined ? undefined : known.rows.get(id)
    if (row !== undefined) return { known: true, rows: [row] }
    const answered = this.#answered.get(name)
    if (answered === undefined) return { known: false, question }
    return question.ask === 'one'
      ? { known: true, rows: this.#one(known, answered, question.where) }
      : this.#many(known, answered, question)
  }

  #one(known: Rows, answered: Answered, where: Where): readonly Row[] {
    for (const id of answered.ids) {
      const row = known.rows.get(id)
      if (row !== undefined && fits(row, where)) return [row]
    }
    for (const id of known.changed) {
      const row = known.rows.get(id)
      if (row !== undefined && fits(row, where)) return [row]
    }
    return []
  }

  #many(known: Rows, first: Answered, question: Question & { ask: 'many' }): Lookup {
    const { where, limit } = question
    let answered = first
    let asked = question
    for (;;) {
      const rows = this.#fitting(known, answered, where)
      if (!answered.isCut || rows.length >= limit)
        return { known: true, rows: rows.slice(0, limit) }
      // Some of the list have gone: those behind it move up, and nobody has read them.
      asked = { ...asked, limit: asked.limit * 2 }
      const wider = this.#answered.get(nameOf(asked))
      if (wider === undefined) return { known: false, question: asked }
      answered = wider
    }
  }

  #fitting(known: Rows, { ids, isCut }: Answered, where: Where): readonly Row[] {
    const horizon = isCut ? (ids.at(-1) ?? 0) : Number.POSITIVE_INFINITY
    const rows: Row[] = []
    for (const id of new Set([...ids, ...known.changed])) {
      const row = known.rows.get(id)
      if (row !== undefined && id <= horizon && fits(row, where)) rows.push(row)
    }
    return rows.sort(byId)
  }

  /** Whether the row of an update has been read; its question where not. */
  unread(write: Write): Question | undefined {
    if (write.write === 'insert') return undefined
    const { table, id } = write
    const question: Question = { ask: 'one', table, where: { id } }
    const isKnown = this.#table(table).rows.has(id) || this.#answered.has(nameOf(question))
    return isKnown ? undefined : question
  }

  /** All or none of them: what throws leaves nothing behind. */
  write(operation: string, writes: readonly Write[], takeId: (table: TableName) => number): void {
    for (const write of writes) check(write)
    const undo: (() => void)[] = []
    try {
      for (const write of writes) {
        undo.push(
          write.write === 'insert'
            ? this.#insert(write.table, write.row, takeId)
            : this.#update(operation, write),
        )
      }
    } catch (error) {
      for (const back of undo.reverse()) back()
      throw error
    }
  }

  get events(): readonly Row[] {
    return this.#events
  }

  writesOf(table: TableName): TableWrites | undefined {
    const known = this.#tables.get(table)
    if (known === undefined || known.changed.size === 0) return undefined
    const inserts = [...known.inserted].flatMap((id) => {
      const row = known.rows.get(id)
      return row === undefined ? [] : [row]
    })
    return { inserts, updates: known.updates }
  }

  #insert(table: TableName, given: Row, takeId: (table: TableName) => number): () => void {
    const row: Record<string, Cell> = {}
    for (const column in columns[table]) row[column] = given[column] ?? null
    if (table === 'event') {
      this.#events.push(row)
      return () => void this.#events.pop()
    }
    const id = typeof given['id'] === 'number' ? given['id'] : takeId(table)
    const known = this.#table(table)
    if (known.rows.has(id)) throw new BadShape(`${table} has a row ${String(id)} already`)
    known.rows.set(id, { ...row, id })
    known.changed.add(id)
    known.inserted.add(id)
    return () => {
      known.rows.delete(id)
      known.changed.delete(id)
      known.inserted.delete(id)
    }
  }

  #update(operation: string, write: Extract<Write, { write: 'update' }>): () => void {
    const { table, id, set, guard = {} } = write
    const known = this.#table(table)
    const row = known.rows.get(id)
    if (row === undefined || !fits(row, guard)) {
      throw new OperationBug('GUARD', operation, `${table} ${String(id)} is not as it was read`)
    }
    const before = known.updates.get(id)
    const wasChanged = known.changed.has(id)
    known.rows.set(id, { ...row, ...set })
    known.changed.add(id)
    if (!known.inserted.has(id)) known.updates.set(id, merged(before, set, guard))
    return () => {
      known.rows.set(id, row)
      if (!wasChanged) known.changed.delete(id)
      if (before === undefined) known.updates.delete(id)
      else known.updates.set(id, before)
    }
  }

  #table(table: TableName): Rows {
    let known = this.#tables.get(table)
    if (known === undefined) {
      known = { rows: new Map(), changed: new Set(), inserted: new Set(), updates: new Map() }
      this.#tables.set(table, known)
    }
    return known
  }
}

/** A guard on a column that the group has set itself is settled here; the others are for the records. */
const merged = (before: RowUpdate | undefined, set: Where, guard: Where): RowUpdate => {
  if (before === undefined) return { set, guard }
  const held: Record<string, Cell> = { ...before.guard }
  for (const column in guard) {
    if (!Object.hasOwn(before.set, column)) held[column] = guard[column] as Cell
  }
  return { set: { ...before.set, ...set }, guard: held }
}

const check = (write: Write): void => {
  const { table } = write
  if (!isTable(table)) throw new BadShape(`no table is called ${String(table)}`)
  const cells = write.write === 'insert' ? write.row : write.set
  const names = Object.keys(cells)
  for (const name of names) {
    if (!hasColumn(table, name)) throw new BadShape(`${table} has no column ${name}`)
    checkCell(name, cells[name])
  }
  if (write.write === 'insert') return
  if (names.length === 0 || names.includes('id')) {
    throw new BadShape(`an update of ${table} sets no column, or its key`)
  }
  for (const name in write.guard) {
    if (!hasColumn(table, name)) throw new BadShape(`${table} has no column ${name}`)
    checkCell(name, write.guard[name])
  }
}
