/**
 * A second connection that only looks: queries never wait for a group's fsync. It sees committed rows
 * only, and a row whose commit has been answered at once.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { openReader } from './open-database.js'
import type { Answer, GroupItem } from '../group.js'
import { QueryRunner, queryBug } from './run-query.js'
import { isStoreFault, reasonOf } from './sqlite-error.js'

interface Opened {
  readonly db: DatabaseSyncInstance
  readonly queries: QueryRunner
}

export class SqliteReader {
  readonly #file: string
  #opened: Opened | undefined
  #failure: string | undefined

  /** Opens at the first query, so that the thread can start while the writer still migrates. */
  constructor(file: string) {
    this.#file = file
  }

  get failure(): string | undefined {
    return this.#failure
  }

  run(items: readonly GroupItem[]): readonly Answer[] {
    return items.map((item) => this.#find(item))
  }

  /** A reader has nothing to do behind its answers. */
  afterwards(): void {}

  recover(): boolean {
    try {
      this.#close()
      this.#open().db.prepare('select version from migration').all()
      this.#failure = undefined
      return true
    } catch (error) {
      this.#failure = reasonOf(error)
      return false
    }
  }

  close(): void {
    this.#failure ??= 'closed'
    this.#close()
  }

  #open(): Opened {
    const db = openReader(this.#file)
    this.#opened = { db, queries: new QueryRunner(db) }
    return this.#opened
  }

  #close(): void {
    const opened = this.#opened
    this.#opened = undefined
    opened?.db.close()
  }

  #find(item: GroupItem): Answer {
    if (this.#failure !== undefined) return { kind: 'unavailable' }
    try {
      const { queries } = this.#opened ?? this.#open()
      return { kind: 'result', result: queries.run(item.name, item.input) }
    } catch (cause) {
      if (!isStoreFault(cause)) return { kind: 'bug', bug: queryBug(item.name, cause) }
      this.#failure = reasonOf(cause)
      return { kind: 'unavailable' }
    }
  }
}
