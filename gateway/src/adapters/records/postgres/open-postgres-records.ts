/**
 * The records in a PostgreSQL database that several nodes share: one connection that writes in groups, a
 * few that read. Opening checks the server and brings the schema up; what it doesn't understand it refuses
 * (RecordsRefused) and leaves alone.
 *
 * After a failure every submit is answered RecordsUnavailable at once until a new connection has been
 * checked as the first one was.
 */
import { operations } from '../../../core/operations/catalogue.js'
import type { Log } from '../../../core/ports/log.js'
import type { Records } from '../../../core/ports/records.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import type { AnyOperation } from '../group.js'
import { TwoSidedRecords } from '../two-sided-records.js'
import { placeOf } from './connect.js'
import { migrate } from './migrate.js'
import { migrations } from './migrations/catalogue.js'
import { refusalOf } from './pg-error.js'
import { Readers } from './readers.js'
import { Upkeep } from './upkeep.js'
import { makeAhead } from './upkeep-steps.js'
import { Writer } from './writer.js'

export interface PostgresRecordsOptions {
  /** `postgres://user:password@host:port/database?sslmode=…` */
  readonly url: string
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /** Shown by the server beside this node's connections. */
  readonly nodeName?: string
  /** `never`: a schema that is behind is refused instead of brought up. */
  readonly migrate?: 'at-open' | 'never'
  /** Instead of the core's own, by name; for tests. */
  readonly operations?: Readonly<Record<string, AnyOperation>>
}

export const openPostgresRecords = async (options: PostgresRecordsOptions): Promise<Records> => {
  const { url, clock, timers, log, nodeName = 'node' } = options
  const where = placeOf(url)
  const shared = { url, timers, log, nodeName }
  const writer = new Writer({
    ...shared,
    operations: { ...operations, ...options.operations },
    prepare: async (session) => {
      const nowMs = clock.now()
      await migrate(session, { where, nowMs, migrations, mayChange: options.migrate !== 'never' })
      await makeAhead(session, nowMs)
    },
  })
  const readers = new Readers(shared)
  const upkeep = new Upkeep({ ...shared, clock })
  const records = new TwoSidedRecords({
    writer,
    reader: readers,
    afterwards: () => upkeep.close(),
  })
  try {
    await writer.open()
    await readers.open()
    upkeep.start()
    return records
  } catch (error) {
    await records.close()
    throw refusalOf(error, where)
  }
}
