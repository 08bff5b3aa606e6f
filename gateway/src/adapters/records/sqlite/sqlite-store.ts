/**
 * One database and what runs on it: groups of operations, checkpoints, and the state of its
 * health. Everything here is synchronous and in one thread; who calls it (worker, inline) brings the
 * messages and the timers.
 *
 * After a failure it runs no operation until `recover` has reopened the file, moved the write-ahead
 * log into it and committed a probe. It never answers a success that it could not make durable.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { sqliteLimits } from './limits.js'
import {
  checkpoint,
  checkpointAll,
  inMemory,
  openWriter,
  probe,
  type OpenOptions,
} from './open-database.js'
import type { Answer, GroupItem, OperationTable } from '../group.js'
import { GroupRunner } from './run-group.js'
import { reasonOf } from './sqlite-error.js'

export interface StoreOptions extends OpenOptions {
  readonly operations: OperationTable
}

interface Opened {
  readonly db: DatabaseSyncInstance
  readonly groups: GroupRunner
}

export class SqliteStore {
  readonly #options: StoreOptions
  #opened: Opened | undefined
  #failure: string | undefined
  #rowsSinceCheckpoint = 0

  constructor(options: StoreOptions) {
    this.#options = options
    this.#opened = this.#open()
  }

  /** In plain words, while it runs no operations. */
  get failure(): string | undefined {
    return this.#failure
  }

  /** For queries on the same thread; another one after `recover`, none while it could not reopen. */
  get database(): DatabaseSyncInstance | undefined {
    return this.#opened?.db
  }

  run(items: readonly GroupItem[]): readonly Answer[] {
    if (this.#failure !== undefined || this.#opened === undefined) {
      return items.map(() => ({ kind: 'unavailable' }))
    }
    const outcome = this.#opened.groups.run(items)
    this.#rowsSinceCheckpoint += outcome.rowsWritten
    if ('failure' in outcome) this.#failure = reasonOf(outcome.failure)
    return outcome.answers
  }

  /** A checkpoint where one is due. Called when the answers have left, so that none waits for it. */
  afterwards(): void {
    const due = this.#rowsSinceCheckpoint >= sqliteLimits.rowsBetweenCheckpointsMax
    if (!due || this.#opened === undefined || this.#failure !== undefined) return
    try {
      if (this.#options.file !== inMemory) checkpoint(this.#opened.db)
      this.#rowsSinceCheckpoint = 0
    } catch (error) {
      this.#failure = reasonOf(error)
    }
  }

  /** Whether it works again. */
  recover(): boolean {
    if (this.#failure === undefined) return true
    try {
      if (this.#options.file !== inMemory) {
        this.#close()
        this.#opened = this.#open()
      }
      if (this.#opened !== undefined) probe(this.#opened.db)
      this.#failure = undefined
      this.#rowsSinceCheckpoint = 0
      return true
    } catch (error) {
      this.#failure = reasonOf(error)
      return false
    }
  }

  /** The rows were replaced from outside. */
  rowsReplaced(): void {
    this.#opened?.groups.forget()
  }

  /** Leaves an empty write-ahead log where it can; the next opening does it otherwise. */
  close(): void {
    const db = this.#opened?.db
    try {
      if (db !== undefined && this.#failure === undefined && this.#options.file !== inMemory) {
        checkpointAll(db)
      }
    } finally {
      this.#failure ??= 'closed'
      this.#close()
    }
  }

  #open(): Opened {
    const db = openWriter(this.#options)
    return { db, groups: new GroupRunner(db, this.#options.operations) }
  }

  #close(): void {
    const opened = this.#opened
    this.#opened = undefined
    opened?.db.close()
  }
}
