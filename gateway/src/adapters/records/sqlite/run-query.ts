/**
 * Answers the queries of the core on one connection. Each is a single statement, so it sees one
 * committed state. Statements are kept per query and shape.
 */
import { hash } from 'node:crypto'
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'
import { OperationBug } from '../operation-bug.js'
import { PackedRow } from './packed-row.js'
import { QueryShapes, type QueryShape } from '../query-shapes.js'
import { sqliteDialect } from './sqlite-dialect.js'

type ReadRow = (cells: readonly unknown[]) => Readonly<Record<string, unknown>>

interface Prepared {
  readonly statement: StatementSyncInstance
  readonly read: ReadRow
}

/** The same text with its rows packed; the columns are named by the statement. */
const packed = (db: DatabaseSyncInstance, text: string): Prepared => {
  const row = new PackedRow(
    db
      .prepare(text)
      .columns()
      .map(({ name, type }) => ({ name, sql: `"${name}"`, blob: type === 'BLOB' })),
  )
  const statement = db.prepare(`select ${row.list} from (${text})`)
  statement.setReturnArrays(true)
  return { statement, read: (cells) => row.unpack(cells) }
}

const plain = (db: DatabaseSyncInstance, text: string): Prepared => {
  const statement = db.prepare(text)
  const names = statement.columns().map(({ name }) => name)
  statement.setReturnArrays(true)
  const read: ReadRow = (cells) => Object.fromEntries(names.map((name, at) => [name, cells[at]]))
  return { statement, read }
}

/** SQLite has no hash of its own. Null where there are no bytes. */
const sha256Text = (bytes: unknown): string | null =>
  bytes instanceof Uint8Array ? hash('sha256', bytes, 'hex') : null

export class QueryRunner {
  readonly #db: DatabaseSyncInstance
  readonly #shapes = new QueryShapes(sqliteDialect)
  readonly #cache = new Map<string, Prepared>()

  constructor(db: DatabaseSyncInstance) {
    this.#db = db
    db.function('tillgate_sha256', { deterministic: true }, sha256Text)
  }

  run(name: string, input: unknown): unknown {
    const shape = this.#shapes.of(name, input)
    const { statement, read } = this.#cache.get(shape.key) ?? this.#prepare(shape)
    const cells = shape.cells(input)
    const rows = statement.all(...cells) as unknown as (readonly unknown[])[]
    return shape.answer(rows.map(read))
  }

  #prepare({ key, text, isPlain }: QueryShape): Prepared {
    const prepared = isPlain ? plain(this.#db, text) : packed(this.#db, text)
    this.#cache.set(key, prepared)
    return prepared
  }
}

export const queryBug = (name: string, cause: unknown): OperationBug =>
  new OperationBug('THREW', name, cause instanceof Error ? cause.message : String(cause), { cause })
