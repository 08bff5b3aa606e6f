/** How PostgreSQL says what the dialects say differently in a query. */
import { PostgresQueryCompiler, createQueryId, sql } from 'kysely'
import { Parameter, param, type Dialect } from '../query.js'
import { arrayText } from './values.js'

const compiler = new PostgresQueryCompiler()

const numbers = (value: unknown): string => arrayText(value as readonly number[])

export const postgresDialect: Dialect = {
  compile: (query) => compiler.compileQuery(query, createQueryId()),
  listParam: (name) => sql<number>`(select unnest(${new Parameter(name, numbers)}::bigint[]))`,
  isOpen: sql`command.part = 0 and command.open = 1`,
  isAtHand: sql`command.part = 0`,
  isInItsPlace: sql`
    (command.part, command.id) = (select k.part, k.id from command_key k where k.uuid = ${param('uuid')})`,
  commandIds: 'command_key' as 'command',
  // Every transaction below it has ended: nothing can appear there any more.
  isSettled: sql`event.id < (select events_settled_below())`,
}
