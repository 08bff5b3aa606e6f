/**
 * How a query is written here: once, in Kysely, with parameters in the place of values, so that it is
 * compiled and prepared once per shape (the optional filters that are present) and not per call.
 */
import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type AliasedRawBuilder,
  type CompiledQuery,
  type RawBuilder,
} from 'kysely'
import type { Queries, QueryName } from '../../../../core/queries/queries.js'
import type { TableName, Tables } from '../../../../core/records/tables.js'
import { sqliteLimits } from '../limits.js'
import { columnNames, snakeCase } from '../sql-names.js'

type Snake<S extends string> = S extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${Snake<Tail>}`
    : `_${Lowercase<Head>}${Snake<Tail>}`
  : ''

/** The tables as SQL names them. */
export type Schema = {
  readonly [T in TableName as Snake<T>]: {
    readonly [C in keyof Tables[T] & string as Snake<C>]: Tables[T][C]
  }
}

/** Builds and compiles; never connects. */
export const builder: Kysely<Schema> = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** Stands where a value of the input goes when the statement is run. */
export class Parameter {
  readonly name: string
  readonly encode: (value: unknown) => unknown
  constructor(name: string, encode: (value: unknown) => unknown = (value) => value) {
    this.name = name
    this.encode = encode
  }
}

export const param = <T>(name: string): RawBuilder<T> => sql<T>`${new Parameter(name)}`

const pageLimit = (value: unknown): number => {
  const rows = Number(value)
  return Number.isInteger(rows) && rows > 0 ? Math.min(rows, sqliteLimits.pageRowsMax) : 0
}

/**
 * `limit` of the input, never above the largest page. Not a bare parameter: SQLite looks at the value
 * of one when it plans, and so would plan anew at every call.
 */
export const limitParam = (): RawBuilder<number> =>
  sql<number>`${new Parameter('limit', pageLimit)} + 0`

/** A list as rows: one text whatever its length. */
export const listParam = (name: string): RawBuilder<number> =>
  sql<number>`(select value from json_each(${new Parameter(name, (value) => JSON.stringify(value))}))`

/** All columns of a table under the names of its row. */
export const rowOf = (
  table: TableName,
  prefix = '',
): readonly AliasedRawBuilder<unknown, string>[] =>
  columnNames(table).map((column) =>
    sql.ref(`${snakeCase(table)}.${snakeCase(column)}`).as(`${prefix}${column}`),
  )

interface Compilable {
  compile(): CompiledQuery
}

export interface QueryDefinition<N extends QueryName> {
  /** Optional parts of the input that change the text. */
  readonly filters?: readonly (keyof Queries[N]['input'] & string)[]
  /** A part of the input whose value changes the text (it chooses the index). */
  readonly choice?: (input: Queries[N]['input']) => string
  build(has: (filter: string) => boolean, choice: string): Compilable
  answer(rows: readonly Row[]): Queries[N]['output']
}

export type Row = Readonly<Record<string, unknown>>

export type QueryTable = { readonly [N in QueryName]: QueryDefinition<N> }

/** The rows as they come out: their columns are named by the statement. */
export const asRows = <T>(rows: readonly Row[]): readonly T[] => rows as readonly T[]

export const firstRow = <T>(rows: readonly Row[]): T | undefined => rows[0] as T | undefined
