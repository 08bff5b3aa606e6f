/**
 * How a query is written here: once for every dialect, in Kysely, with parameters in the place of
 * values, so that it is compiled and prepared once per shape (the optional filters that are present)
 * and not per call. What the dialects say differently stands in `Dialect`.
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
  type RootOperationNode,
  type SqlBool,
} from 'kysely'
import type { Queries, QueryName } from '../../core/queries/queries.js'
import type { TableName, Tables } from '../../core/records/tables.js'
import { recordsLimits } from './limits.js'
import { columnNames, snakeCase } from './sql-names.js'

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

/** Builds; never connects. Its own compiler is not asked: the dialect has one. */
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
  return Number.isInteger(rows) && rows > 0 ? Math.min(rows, recordsLimits.pageRowsMax) : 0
}

/**
 * `limit` of the input, never above the largest page. Not a bare parameter: SQLite looks at the value
 * of one when it plans, and so would plan anew at every call.
 */
export const limitParam = (): RawBuilder<number> => countParam('limit', pageLimit)

export const countParam = (
  name: string,
  encode?: (value: unknown) => unknown,
): RawBuilder<number> => sql<number>`${new Parameter(name, encode)} + 0`

interface Compilable {
  toOperationNode(): RootOperationNode
}

export interface Dialect {
  compile(query: RootOperationNode): CompiledQuery
  /** The numbers of a list as rows: one text whatever its length. */
  listParam(name: string): RawBuilder<number>
  /** Where every command lies that has not ended, and none that was put away. */
  readonly commandsAtHand: 'command'
  /** Where the command of the input's `uuid` lies, if it may lie in several places. */
  readonly isInItsPlace: RawBuilder<SqlBool>
  /** The table with id and uuid of every command, wherever its row lies. */
  readonly commandIds: 'command'
  /** A text as JSON, quotes and all. */
  readonly jsonText: (text: RawBuilder<unknown>) => RawBuilder<string>
  /** Bytes, and their SHA-256, in hexadecimal digits of lower case. */
  readonly hexText: (bytes: RawBuilder<unknown>) => RawBuilder<string>
  readonly sha256Text: (bytes: RawBuilder<unknown>) => RawBuilder<string>
  /** Of rows in the order of a subquery: their values as a JSON list, their texts with newlines between. */
  readonly jsonList: (value: RawBuilder<unknown>) => RawBuilder<string>
  readonly lines: (text: RawBuilder<unknown>) => RawBuilder<string>
  /** Who wrote an event as its how-many-eth line; undefined where ids have no gaps. */
  readonly lineNumbers:
    { readonly writer: RawBuilder<unknown>; readonly number: RawBuilder<unknown> } | undefined
  /** What answers `writer-ends`: `writer` and `written`. */
  readonly writerEnds: Compilable
  /** An event before which no other can appear any more. */
  readonly isSettled: RawBuilder<SqlBool>
}

/** All columns of a table under the names of its row. */
export const rowOf = (
  table: TableName,
  prefix = '',
): readonly AliasedRawBuilder<unknown, string>[] =>
  columnNames(table).map((column) =>
    sql.ref(`${snakeCase(table)}.${snakeCase(column)}`).as(`${prefix}${column}`),
  )

/** A command that has not ended, as the index of open ones says it. */
export const isOpen: RawBuilder<SqlBool> = sql`command.open = 1`

export interface QueryDefinition<N extends QueryName> {
  /** Optional parts of the input that change the text. */
  readonly filters?: readonly (keyof Queries[N]['input'] & string)[]
  /** A part of the input whose value changes the text (it chooses the index). */
  readonly choice?: (input: Queries[N]['input']) => string
  /** Few rows with long texts: read as they are, not by way of JSON. */
  readonly isPlain?: true
  build(dialect: Dialect, has: (filter: string) => boolean, choice: string): Compilable
  answer(rows: readonly Row[]): Queries[N]['output']
}

export type Row = Readonly<Record<string, unknown>>

export type QueryTable = { readonly [N in QueryName]: QueryDefinition<N> }

/** The rows as they come out: their columns are named by the statement. */
export const asRows = <T>(rows: readonly Row[]): readonly T[] => rows as readonly T[]

export const firstRow = <T>(rows: readonly Row[]): T | undefined => rows[0] as T | undefined
