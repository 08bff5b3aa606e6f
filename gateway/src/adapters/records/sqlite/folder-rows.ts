/**
 * All rows of a data folder, table by table, for whoever copies them. The folder is taken as a node takes
 * it: it must not be in use, it is checked, and it is brought to the schema of this program.
 */
import { existsSync } from 'node:fs'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import type { TableName } from '../../../core/records/tables.js'
import type { CopyRow } from '../copied.js'
import { RecordsRefused } from '../refused.js'
import { quoted } from '../sql-names.js'
import { migrations } from './migrations/catalogue.js'
import { lockFolder, openWriter, recordsFile, type FolderLock } from './open-database.js'
import { PackedRow } from './packed-row.js'

export class FolderRows {
  readonly #lock: FolderLock
  readonly #db: DatabaseSyncInstance

  private constructor(lock: FolderLock, db: DatabaseSyncInstance) {
    this.#lock = lock
    this.#db = db
  }

  /** Throws RecordsRefused. */
  static open(folder: string, nowMs: number): FolderRows {
    const file = recordsFile(folder)
    if (!existsSync(file)) {
      throw new RecordsRefused('UNUSABLE', `${folder} holds no records. Name the data folder.`)
    }
    const lock = lockFolder(folder)
    try {
      return new FolderRows(lock, openWriter({ file, nowMs, migrations }))
    } catch (error) {
      lock.release()
      throw error
    }
  }

  count(table: TableName): number {
    const row = this.#db.prepare(`select count(*) as n from ${quoted(table)}`).get()
    return (row as { n: number }).n
  }

  /** By id, from the first; a page at a time. */
  *pages(table: TableName, size: number): Generator<readonly CopyRow[]> {
    const packed = PackedRow.ofTable(this.#db, table)
    const statement = this.#db.prepare(
      `select ${packed.list} from ${quoted(table)} where id > ? order by id limit ? + 0`,
    )
    statement.setReturnArrays(true)
    for (let afterId = 0; ;) {
      const cells = statement.all(afterId, size) as unknown as (readonly unknown[])[]
      const rows = cells.map((one) => packed.unpack(one) as CopyRow)
      const last = rows.at(-1)
      if (last === undefined) return
      yield rows
      afterId = last.id
    }
  }

  close(): void {
    this.#db.close()
    this.#lock.release()
  }
}
