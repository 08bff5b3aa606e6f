/**
 * Answers the queries of the core on one connection. Each is a single statement, so it sees one
 * committed state. Statements are kept per query and shape.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'
import type { QueryName } from '../../../core/queries/queries.js'
import { OperationBug } from './operation-bug.js'
import { PackedRow } from './packed-row.js'
import { queryTable } from './queries/catalogue.js'
import { Parameter, type Row } from './queries/query.js'

/** A query whose input's type is known only to whoever asks. */
interface LooseQuery {
  readonly filters?: readonly string[]
  readonly choice?: (input: Row) => string
  build(
    has: (filter: string) => boolean,
    choice: string,
  ): {
    compile(): { readonly sql: string; readonly parameters: readonly unknown[] }
  }
  answer(rows: readonly Row[]): unknown
}

interface Prepared {
  readonly statement: StatementSyncInstance
  readonly row: PackedRow
  readonly parameters: readonly Parameter[]
}

const parametersOf = (list: readonly unknown[]): readonly Parameter[] =>
  list.map((item) => {
    if (item instanceof Parameter) return item
    return new Parameter('', () => item)
  })

/** The same text with its rows packed; the columns are named by the statement. */
const packed = (db: DatabaseSyncInstance, text: string): Pick<Prepared, 'statement' | 'row'> => {
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
  readonly #cache = new Map<string, Prepared>()

  constructor(db: DatabaseSyncInstance) {
    this.#db = db
  }

  run(name: string, input: unknown): unknown {
    if (!Object.hasOwn(queryTable, name)) throw new Error('there is no such query')
    const query = queryTable[name as QueryName] as unknown as LooseQuery
    const values = input as Row
    const present = (query.filters ?? []).filter((filter) => values[filter] !== undefined)
    const choice = query.choice?.(values) ?? ''
    const { statement, parameters, row } =
      this.#cache.get(`${name} ${present.join()} ${choice}`) ??
      this.#prepare(`${name} ${present.join()} ${choice}`, query, present, choice)
    const cells = parameters.map((one) => one.encode(values[one.name]))
    const rows = statement.all(...cells) as unknown as (readonly unknown[])[]
    return query.answer(rows.map((one) => row.unpack(one)))
  }

  #prepare(key: string, query: LooseQuery, present: readonly string[], choice: string): Prepared {
    const compiled = query.build((filter) => present.includes(filter), choice).compile()
    const prepared = {
      ...packed(this.#db, compiled.sql),
      parameters: parametersOf(compiled.parameters),
    }
    this.#cache.set(key, prepared)
    return prepared
  }
}

export const queryBug = (name: string, cause: unknown): OperationBug =>
  new OperationBug('THREW', name, cause instanceof Error ? cause.message : String(cause), { cause })
