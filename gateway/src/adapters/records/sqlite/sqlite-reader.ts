/**
 * A second connection that only looks: queries never wait for a group's fsync. It sees committed rows
 * only, and a row whose commit has been answered at once.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { openReader } from './open-database.js'
import type { Answer, GroupItem } from './run-group.js'
import { QueryRunner, queryBug } from './run-query.js'
import { isStoreFault, reasonOf } from './sqlite-error.js'

export class SqliteReader {
  readonly #file: string
  #db: DatabaseSyncInstance
  #queries: QueryRunner
  #failure: string | undefined

  constructor(file: string) {
    this.#file = file
    this.#db = openReader(file)
    this.#queries = new QueryRunner(this.#db)
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
      if (this.#db.isOpen) this.#db.close()
      this.#db = openReader(this.#file)
      this.#queries = new QueryRunner(this.#db)
      this.#db.prepare('select version from migration').all()
      this.#failure = undefined
      return true
    } catch (error) {
      this.#failure = reasonOf(error)
      return false
    }
  }

  close(): void {
    this.#failure ??= 'closed'
    if (this.#db.isOpen) this.#db.close()
  }

  #find(item: GroupItem): Answer {
    if (this.#failure !== undefined) return { kind: 'unavailable' }
    try {
      return { kind: 'result', result: this.#queries.run(item.name, item.input) }
    } catch (cause) {
      if (!isStoreFault(cause)) return { kind: 'bug', bug: queryBug(item.name, cause) }
      this.#failure = reasonOf(cause)
      return { kind: 'unavailable' }
    }
  }
}
