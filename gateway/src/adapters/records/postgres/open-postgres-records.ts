/**
 * The records in a PostgreSQL database that several nodes share: one connection that writes in groups, a
 * few that read. Opening checks the server and brings the schema up; what it doesn't understand it refuses
 * (RecordsRefused) and leaves alone.
 *
 * After a failure every submit is answered RecordsUnavailable at once until a new connection has been
 * checked as the first one was.
 */
import {
  operations,
  type InputOf,
  type OperationName,
  type ResultOf,
} from '../../../core/operations/catalogue.js'
import type { Log } from '../../../core/ports/log.js'
import type { Records, RecordsHealth } from '../../../core/ports/records.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import type { Queries } from '../../../core/queries/queries.js'
import type { AnyOperation } from '../group.js'
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

class PostgresRecords implements Records {
  readonly #writer: Writer
  readonly #readers: Readers
  readonly #upkeep: Upkeep
  #closing: Promise<void> | undefined

  constructor(writer: Writer, readers: Readers, upkeep: Upkeep) {
    this.#writer = writer
    this.#readers = readers
    this.#upkeep = upkeep
  }

  submit<N extends OperationName>(name: N, input: InputOf<N>): Promise<ResultOf<N>> {
    return this.#writer.call(name, input) as Promise<ResultOf<N>>
  }

  read<N extends keyof Queries>(
    name: N,
    input: Queries[N]['input'],
  ): Promise<Queries[N]['output']> {
    return this.#readers.read(name, input) as Promise<Queries[N]['output']>
  }

  health(): RecordsHealth {
    const reason = this.#writer.failure ?? this.#readers.failure
    return reason === undefined ? { ok: true } : { ok: false, reason }
  }

  groups(): number {
    return this.#writer.batches
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await Promise.allSettled([this.#readers.close(), this.#writer.close(), this.#upkeep.close()])
  }
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
  const records = new PostgresRecords(writer, readers, upkeep)
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
