/** How PostgreSQL says what the dialects say differently in a query. */
import { PostgresQueryCompiler, createQueryId, sql } from 'kysely'
import { Parameter, param, type Dialect } from '../query.js'
import { atHand } from './questions.js'
import { arrayText } from './values.js'

const compiler = new PostgresQueryCompiler()

const numbers = (value: unknown): string => arrayText(value as readonly number[])

export const postgresDialect: Dialect = {
  compile: (query) => compiler.compileQuery(query, createQueryId()),
  listParam: (name) => sql<number>`(select unnest(${new Parameter(name, numbers)}::bigint[]))`,
  commandsAtHand: atHand as 'command',
  isInItsPlace: sql`
    (command.part, command.id) = (select k.part, k.id from command_key k where k.uuid = ${param('uuid')})`,
  commandIds: 'command_key' as 'command',
  jsonText: (text) => sql`to_json(${text})`,
  hexText: (bytes) => sql`encode(${bytes}, 'hex')`,
  sha256Text: (bytes) => sql`encode(sha256(${bytes}), 'hex')`,
  jsonList: (value) => sql`json_agg(${value})::text`,
  lines: (text) => sql`string_agg(${text}, chr(10))`,
  lineNumbers: { writer: sql`event.writer`, number: sql`event.number` },
  writerEnds: sql`
    select w.id as writer, w.written as written from event_writer w
    where w.id >= ${param('fromWriter')} and not exists (
      select from event e where e.id > ${param('afterId')} and e.writer = w.id)`,
  // Every transaction below it has ended: nothing can appear there any more.
  isSettled: sql`event.id < (select events_settled_below())`,
}
