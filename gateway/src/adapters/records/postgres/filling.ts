/**
 * Fills an empty database with rows that keep their ids, in one transaction: either all of them are there
 * afterwards or none, whatever happens on the way. Nodes that have the database open wait, or are refused.
 */
import type { Log } from '../../../core/ports/log.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import type { TableName } from '../../../core/records/tables.js'
import type { CopyRow } from '../copied.js'
import { RecordsRefused } from '../refused.js'
import { columnNames, quoted, snakeCase, tableNames } from '../sql-names.js'
import { ColumnTypes } from './column-types.js'
import { checkServer, connect, placeOf } from './connect.js'
import { hasSequence } from './ids.js'
import { migrate } from './migrate.js'
import { migrations } from './migrations/catalogue.js'
import { monthOf } from './months.js'
import { refusalOf } from './pg-error.js'
import { Questions } from './questions.js'
import type { Session } from './session.js'
import { makeAhead, makeEventMonth } from './upkeep-steps.js'
import { eventsStride, tablesInOrder, WriteStatements } from './write-statements.js'

export interface FillingOptions {
  readonly url: string
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
}

/** Every table, each behind those that its rows name. */
export const fillingOrder: readonly TableName[] = [...tablesInOrder, 'event']

export class Filling {
  readonly #session: Session
  readonly #writes: WriteStatements
  readonly #questions: Questions

  private constructor(session: Session, types: ColumnTypes) {
    this.#session = session
    this.#writes = new WriteStatements(types)
    this.#questions = new Questions(types)
  }

  /** Throws RecordsRefused, for a database that holds rows as well. */
  static async open({ url, clock, timers, log }: FillingOptions): Promise<Filling> {
    const where = placeOf(url)
    let session: Session | undefined
    try {
      session = await connect({ url, timers, nodeName: 'copy' }, 'upkeep')
      const { fsync } = await checkServer(session, where)
      if (!fsync) log.warn('fsync is off: a crash of the server loses what was copied', { where })
      await migrate(session, { where, nowMs: clock.now(), migrations, mayChange: true })
      await makeAhead(session, clock.now())
      return new Filling(session, await ColumnTypes.read(session))
    } catch (error) {
      await session?.end()
      throw refusalOf(error, where)
    }
  }

  /** Partitions for all months in which events lie, then the transaction. */
  async begin(monthsOfEvents: Iterable<number>, where: string): Promise<void> {
    for (const atMs of monthsOfEvents) await makeEventMonth(this.#session, monthOf(atMs))
    const tables = tableNames.map(quoted).join(', ')
    await this.#session.run(`begin;
      set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
      lock table ${tables} in exclusive mode`)
    for (const table of tableNames) {
      const [row] = await this.#session.rowsOf(`select exists (select from ${quoted(table)})`)
      if (row?.[0] !== 't') continue
      throw new RecordsRefused(
        'NOT_EMPTY',
        `${where} holds records already (${snakeCase(table)}). Name an empty database: nothing is mixed or overwritten.`,
      )
    }
  }

  async insert(table: TableName, rows: readonly CopyRow[]): Promise<void> {
    await this.#session.trip([this.#writes.insert(table, rows)])
  }

  /** By id, from the first; a page at a time. */
  async *pages(table: TableName, size: number): AsyncGenerator<readonly CopyRow[]> {
    const list = columnNames(table).map(quoted).join(', ')
    const text = `select ${list} from ${quoted(table)} where id > $1 order by id limit $2`
    for (let afterId = 0; ;) {
      const cells = await this.#session.rowsOf(text, [afterId, size])
      const rows = cells.map((one) => this.#questions.row(table, one, 0) as CopyRow)
      const last = rows.at(-1)
      if (last === undefined) return
      yield rows
      afterId = last.id
    }
  }

  /** New ids come above those that were copied; then COMMIT. */
  async commit(): Promise<void> {
    const sequences = tableNames.filter(hasSequence).map((table) => {
      const max = `(select max(id) from ${quoted(table)})`
      return `select setval('${snakeCase(table)}_ids', ${max}) where ${max} is not null;`
    })
    await this.#session.run(`${sequences.join('\n')}
      update event_origin set xid_offset =
        (select coalesce(max(id), 0) / ${String(eventsStride)} + 2 from event) - pg_current_xact_id()::text::bigint`)
    await this.#session.run('commit')
  }

  /** Nothing of it stays. */
  async abandon(): Promise<void> {
    await this.#session.run('rollback').catch(() => undefined)
  }

  close(): Promise<void> {
    return this.#session.end()
  }
}
