/**
 * The same records without a thread: for simulation and unit tests. Groups run on the caller's thread,
 * in one go, when `schedule` says so (at the end of the tick where it says nothing; the simulation's
 * virtual disk puts its delay there). The operations can be replaced.
 *
 * In memory, rows can be wiped between two schedules; the triggers that forbid deleting are left out
 * there, and there only.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { operations as catalogue, type Operations } from '../../../core/operations/catalogue.js'
import { RecordsUnavailable, type RecordsHealth } from '../../../core/ports/records.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import type { Queries } from '../../../core/queries/queries.js'
import { BatchQueue, type Settled } from '../batch-queue.js'
import { sqliteLimits } from './limits.js'
import { migrations } from './migrations/catalogue.js'
import type { Migration } from '../migration.js'
import { inMemory } from './open-database.js'
import { Recovery } from '../recovery.js'
import type { AnyOperation, Answer, GroupItem } from '../group.js'
import { QueryRunner, queryBug } from './run-query.js'
import { quoted, snakeCase, tableNames } from '../sql-names.js'
import type { TableName } from '../../../core/records/tables.js'
import { SqliteStore } from './sqlite-store.js'

const markOf = (table: string): string => `temp.${quoted(`mark_${table}`)}`

type Table = Readonly<Record<string, AnyOperation>>

export interface InlineOptions<T extends Table> {
  /** A file of its own, or `:memory:`. */
  readonly file: string
  readonly clock: Clock
  readonly timers: Timers
  readonly operations?: T
  readonly migrations?: readonly Migration[]
  /** Runs a group later; the default is the end of the current tick. */
  readonly schedule?: (run: () => void) => void
}

export class InlineRecords<T extends Table> {
  readonly #options: InlineOptions<T>
  readonly #store: SqliteStore
  #groups: BatchQueue
  readonly #recovery: Recovery
  #queries: { readonly db: DatabaseSyncInstance; readonly runner: QueryRunner } | undefined
  /** Switching foreign keys off for it would make SQLite compile every statement anew. */
  #wipe = ''
  #closed = false

  constructor(options: InlineOptions<T>, operations: Table) {
    this.#options = options
    this.#store = new SqliteStore({
      file: options.file,
      nowMs: options.clock.now(),
      migrations: options.migrations ?? migrations,
      operations,
    })
    if (options.file === inMemory) this.#allowDeletes()
    this.#wipe = [
      'update terminal set session_certificate_id = null where session_certificate_id is not null;',
      ...this.#childrenFirst().map((table) => `delete from ${quoted(table)};`),
    ].join('')
    this.#recovery = new Recovery(options.timers, () => this.#recover())
    this.#groups = this.#newQueue()
  }

  submit<N extends keyof T & string>(
    name: N,
    input: Parameters<T[N]['decide']>[1],
  ): Promise<ReturnType<T[N]['decide']>['result']> {
    const failure = this.#closed ? 'closed' : this.#store.failure
    if (failure !== undefined) return Promise.reject(new RecordsUnavailable(failure))
    return this.#groups.call(name, input)
  }

  read<N extends keyof Queries>(
    name: N,
    input: Queries[N]['input'],
  ): Promise<Queries[N]['output']> {
    const db = this.#store.database
    if (this.#closed || db === undefined) {
      return Promise.reject(new RecordsUnavailable(this.#store.failure ?? 'closed'))
    }
    if (this.#queries?.db !== db) this.#queries = { db, runner: new QueryRunner(db) }
    try {
      return Promise.resolve(this.#queries.runner.run(name, input) as Queries[N]['output'])
    } catch (cause) {
      return Promise.reject(queryBug(name, cause))
    }
  }

  health(): RecordsHealth {
    const reason = this.#store.failure
    return reason === undefined ? { ok: true } : { ok: false, reason }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#recovery.stop()
    await this.#groups.empty()
    this.#store.close()
  }

  /**
   * As when the process dies: whoever waits gets no answer, ever. A group that `schedule` still holds
   * does nothing when it runs later.
   */
  abandon(): void {
    this.#groups = this.#newQueue()
  }

  /** The rows that are there now are those that `wipe` goes back to. */
  mark(): void {
    const db = this.#wipeable()
    const kept = this.#childrenFirst()
      .toReversed()
      .filter((table) => db.prepare(`select 1 from ${quoted(table)} limit 1`).get() !== undefined)
    for (const table of kept) {
      db.exec(`create temp table ${markOf(table)} as select * from main.${quoted(table)}`)
    }
    const back = kept.map((table) => `insert into ${quoted(table)} select * from ${markOf(table)};`)
    this.#wipe += back.join('')
  }

  /** Empties every table, but for what was marked. Only in memory, and with no group under way. */
  wipe(): void {
    const db = this.#wipeable()
    db.exec(`begin; ${this.#wipe} commit`)
    this.#store.rowsReplaced()
  }

  #wipeable(): DatabaseSyncInstance {
    const db = this.#store.database
    if (db === undefined || this.#options.file !== inMemory) {
      throw new Error('only an open database in memory can be wiped')
    }
    return db
  }

  #allowDeletes(): void {
    const db = this.#store.database
    const kept = db
      ?.prepare(
        "select name from sqlite_master where type = 'trigger' and name like '%\\_kept' escape '\\'",
      )
      .all() as readonly { readonly name: string }[] | undefined
    for (const { name } of kept ?? []) db?.exec(`drop trigger "${name}"`)
  }

  /** Children before their parents. A terminal's row is the one that names a child of its own. */
  #childrenFirst(): readonly TableName[] {
    const db = this.#store.database
    const children = new Map<string, TableName[]>()
    for (const table of tableNames) {
      const named = db?.prepare(`pragma foreign_key_list(${quoted(table)})`).all() ?? []
      for (const { table: parent } of named as { readonly table: string }[]) {
        children.set(parent, [...(children.get(parent) ?? []), table])
      }
    }
    const found = new Set<TableName>()
    const visited = new Set<TableName>()
    const visit = (table: TableName): void => {
      if (visited.has(table)) return
      visited.add(table)
      for (const child of children.get(snakeCase(table)) ?? []) visit(child)
      found.add(table)
    }
    for (const table of tableNames) visit(table)
    return [...found]
  }

  #newQueue(): BatchQueue {
    const schedule = this.#options.schedule ?? queueMicrotask
    const queue = new BatchQueue({
      batchMax: sqliteLimits.groupOperationsMax,
      inFlightMax: 1,
      waitingMax: sqliteLimits.operationsWaitingMax,
      post: (items) =>
        schedule(() => {
          if (this.#groups === queue) this.#run(items)
        }),
    })
    return queue
  }

  #run(items: readonly GroupItem[]): void {
    const answers = this.#store.run(items)
    this.#store.afterwards()
    const { failure } = this.#store
    if (failure !== undefined && !this.#closed) {
      this.#groups.rejectWaiting(failure)
      this.#recovery.failed()
    }
    this.#groups.answered(answers.map((answer) => settledOf(answer, failure)))
  }

  #recover(): void {
    if (this.#closed) return
    if (this.#store.recover()) this.#recovery.works()
    else this.#recovery.failed()
  }
}

const settledOf = (answer: Answer, failure: string | undefined): Settled => {
  if (answer.kind === 'result') return { ok: true, value: answer.result }
  if (answer.kind === 'bug') return { ok: false, error: answer.bug }
  return { ok: false, error: new RecordsUnavailable(failure ?? 'the store has failed') }
}

export const openInlineSqliteRecords = <T extends Table = Operations>(
  options: InlineOptions<T>,
): InlineRecords<T> => new InlineRecords(options, options.operations ?? catalogue)
