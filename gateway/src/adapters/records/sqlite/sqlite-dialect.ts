/** How SQLite says what the dialects say differently in a query. */
import { SqliteQueryCompiler, createQueryId, sql, type RawBuilder, type SqlBool } from 'kysely'
import { Parameter, type Dialect } from '../query.js'

const compiler = new SqliteQueryCompiler()

/** It drops this when it plans. */
const always: RawBuilder<SqlBool> = sql`true`

export const sqliteDialect: Dialect = {
  compile: (query) => compiler.compileQuery(query, createQueryId()),
  listParam: (name) =>
    sql<number>`(select value from json_each(${new Parameter(name, (value) => JSON.stringify(value))}))`,
  commandsAtHand: 'command',
  isInItsPlace: always,
  commandIds: 'command',
  jsonText: (text) => sql`json_quote(${text})`,
  hexText: (bytes) => sql`lower(hex(${bytes}))`,
  sha256Text: (bytes) => sql`tillgate_sha256(${bytes})`,
  jsonList: (value) => sql`json_group_array(${value})`,
  lines: (text) => sql`group_concat(${text}, char(10))`,
  lineNumbers: undefined,
  writerEnds: sql`select 0 as writer, 0 as written where false`,
  // One writer: ids appear in their order.
  isSettled: always,
}
