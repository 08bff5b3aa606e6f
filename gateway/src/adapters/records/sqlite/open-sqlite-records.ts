/**
 * The records in one SQLite file, run by a worker thread: the embedded default. Opening takes the
 * data folder for this process, checks and migrates it; what it doesn't understand it refuses
 * (RecordsRefused) and leaves alone.
 *
 * After a failure (disk full, fsync, a dead worker) every submit is answered RecordsUnavailable at
 * once until an attempt to recover has committed something.
 */
import type { Clock, Timers } from '../../../core/ports/system.js'
import type { Log } from '../../../core/ports/log.js'
import type { Records } from '../../../core/ports/records.js'
import { lockFolder, recordsFile } from './open-database.js'
import { startWorkerThread, type StartWorker } from './start-worker.js'
import { WorkerRecords } from './worker-records.js'

export interface SqliteRecordsOptions {
  /** The data folder; made where it is missing. */
  readonly folder: string
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /** For tests that end the worker. */
  readonly startWorker?: StartWorker
}

export const openSqliteRecords = async (options: SqliteRecordsOptions): Promise<Records> => {
  const lock = lockFolder(options.folder)
  const records = new WorkerRecords({
    file: recordsFile(options.folder),
    clock: options.clock,
    timers: options.timers,
    log: options.log,
    startWorker: options.startWorker ?? startWorkerThread,
    closed: () => lock.release(),
  })
  await records.open()
  return records
}
