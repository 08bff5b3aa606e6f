/**
 * The records in one SQLite file, the embedded default: one worker thread that writes, one that reads
 * beside it. Opening takes the data folder for this process, checks and migrates it; what it doesn't
 * understand it refuses (RecordsRefused) and leaves alone.
 *
 * After a failure (disk full, fsync, a dead thread) every submit is answered RecordsUnavailable at
 * once until an attempt to recover has committed something.
 */
import type { InputOf, OperationName, ResultOf } from '../../../core/operations/catalogue.js'
import type { Log } from '../../../core/ports/log.js'
import type { Records, RecordsHealth } from '../../../core/ports/records.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import type { Queries } from '../../../core/queries/queries.js'
import { sqliteLimits } from './limits.js'
import { lockFolder, recordsFile, type FolderLock } from './open-database.js'
import { RecordsThread } from './records-thread.js'

export interface SqliteRecordsOptions {
  /** The data folder; made where it is missing. */
  readonly folder: string
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
}

class SqliteRecords implements Records {
  readonly #lock: FolderLock
  readonly #writer: RecordsThread
  readonly #reader: RecordsThread
  #closing: Promise<void> | undefined

  constructor(lock: FolderLock, writer: RecordsThread, reader: RecordsThread) {
    this.#lock = lock
    this.#writer = writer
    this.#reader = reader
  }

  submit<N extends OperationName>(name: N, input: InputOf<N>): Promise<ResultOf<N>> {
    return this.#writer.call(name, input) as Promise<ResultOf<N>>
  }

  read<N extends keyof Queries>(
    name: N,
    input: Queries[N]['input'],
  ): Promise<Queries[N]['output']> {
    return this.#reader.call(name, input) as Promise<Queries[N]['output']>
  }

  health(): RecordsHealth {
    const reason = this.#writer.failure ?? this.#reader.failure
    return reason === undefined ? { ok: true } : { ok: false, reason }
  }

  groups(): number {
    return this.#writer.batches
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  /** The lock goes last, whatever became of the others. */
  async #close(): Promise<void> {
    await Promise.allSettled([this.#reader.close(), this.#writer.close()])
    this.#lock.release()
  }
}

const threads = (options: SqliteRecordsOptions): readonly [RecordsThread, RecordsThread] => {
  const { folder, clock, timers, log } = options
  const shared = { file: recordsFile(folder), clock, timers, log }
  const writer = new RecordsThread({
    ...shared,
    role: 'writer',
    limits: {
      batchMax: sqliteLimits.groupOperationsMax,
      inFlightMax: sqliteLimits.groupsInFlightMax,
      waitingMax: sqliteLimits.operationsWaitingMax,
    },
  })
  const reader = new RecordsThread({
    ...shared,
    role: 'reader',
    limits: {
      batchMax: sqliteLimits.readBatchMax,
      inFlightMax: sqliteLimits.readBatchesInFlightMax,
      waitingMax: sqliteLimits.readsWaitingMax,
    },
  })
  return [writer, reader]
}

export const openSqliteRecords = async (options: SqliteRecordsOptions): Promise<Records> => {
  const lock = lockFolder(options.folder)
  const [writer, reader] = threads(options)
  const records = new SqliteRecords(lock, writer, reader)
  const opening = await Promise.allSettled([writer.open(), reader.open()])
  for (const one of opening) {
    if (one.status === 'fulfilled') continue
    await records.close()
    throw one.reason
  }
  return records
}
