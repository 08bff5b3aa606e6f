/**
 * The records in one SQLite file, the embedded default: one worker thread that writes, one that reads
 * beside it. Opening takes the data folder for this process, checks and migrates it; what it doesn't
 * understand it refuses (RecordsRefused) and leaves alone.
 *
 * After a failure (disk full, fsync, a dead thread) every submit is answered RecordsUnavailable at
 * once until an attempt to recover has committed something.
 */
import type { Log } from '../../../core/ports/log.js'
import type { Records } from '../../../core/ports/records.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import { TwoSidedRecords } from '../two-sided-records.js'
import { sqliteLimits } from './limits.js'
import { lockFolder, recordsFile } from './open-database.js'
import { RecordsThread } from './records-thread.js'

export interface SqliteRecordsOptions {
  /** The data folder; made where it is missing. */
  readonly folder: string
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
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
  const records = new TwoSidedRecords({ writer, reader, afterwards: () => lock.release() })
  const opening = await Promise.allSettled([writer.open(), reader.open()])
  for (const one of opening) {
    if (one.status === 'fulfilled') continue
    await records.close()
    throw one.reason
  }
  return records
}
