/**
 * Answers the queries of the core on one connection. Each is a single statement, so it sees one
 * committed state. Statements are kept per query and shape.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'
import { OperationBug } from '../operation-bug.js'
import { PackedRow } from './packed-row.js'
import { QueryShapes, type QueryShape } from '../query-shapes.js'
import { sqliteDialect } from './sqlite-dialect.js'

interface Prepared {
  readonly statement: StatementSyncInstance
  readonly row: PackedRow
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
  return { statement, row }
}

export class QueryRunner {
  readonly #db: DatabaseSyncInstance
  readonly #shapes = new QueryShapes(sqliteDialect)
  readonly #cache = new Map<string, Prepared>()

  constructor(db: DatabaseSyncInstance) {
    this.#db = db
  }

  run(name: string, input: unknown): unknown {
    const shape = this.#shapes.of(name, input)
    const { statement, row } = this.#cache.get(shape.key) ?? this.#prepare(shape)
    const cells = shape.cells(input)
    const rows = statement.all(...cells) as unknown as (readonly unknown[])[]
    return shape.answer(rows.map((one) => row.unpack(one)))
  }

  #prepare({ key, text }: QueryShape): Prepared {
    const prepared = packed(this.#db, text)
    this.#cache.set(key, prepared)
    return prepared
  }
}

export const queryBug = (name: string, cause: unknown): OperationBug =>
  new OperationBug('THREW', name, cause instanceof Error ? cause.message : String(cause), { cause })
