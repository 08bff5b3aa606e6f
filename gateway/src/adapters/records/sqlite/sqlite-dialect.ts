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
  isOpen: sql`command.open = 1`,
  isAtHand: always,
  isInItsPlace: always,
  commandIds: 'command',
  // One writer: ids appear in their order.
  isSettled: always,
}
