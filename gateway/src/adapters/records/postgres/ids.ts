/**
 * Fresh integer keys. Most tables hand theirs out from a block taken ahead. A command's are taken anew for
 * each group, once its lanes are held: the lane is worked off by id, so a later order must have the higher
 * one whichever node took it.
 */
import type { TableName } from '../../../core/records/tables.js'
import { snakeCase } from '../sql-names.js'
import { postgresLimits } from './limits.js'
import type { Rows, Statement } from './session.js'

const ordered: ReadonlySet<TableName> = new Set(['command'])

export class Ids {
  readonly #ready = new Map<TableName, number[]>()

  /** None left of another group's. */
  begin(): void {
    for (const table of ordered) this.#ready.delete(table)
  }

  count(table: TableName): number {
    return this.#ready.get(table)?.length ?? 0
  }

  take(table: TableName): number | undefined {
    return this.#ready.get(table)?.shift()
  }

  /** Undefined where enough are ready. */
  statement(table: TableName, wanted: number): Statement | undefined {
    const missing = wanted - this.count(table)
    if (missing <= 0) return undefined
    const fetched = ordered.has(table) ? missing : Math.max(missing, postgresLimits.idsPerFetch)
    return {
      name: `ids ${table}`,
      text: `select nextval('${snakeCase(table)}_ids') from generate_series(1, $1::integer)`,
      values: [fetched],
    }
  }

  add(table: TableName, rows: Rows): void {
    const ready = this.#ready.get(table) ?? []
    for (const [id] of rows) ready.push(id as number)
    this.#ready.set(table, ready)
  }
}

/** Events get theirs where they are written. */
export const hasSequence = (table: TableName): boolean => table !== 'event'
