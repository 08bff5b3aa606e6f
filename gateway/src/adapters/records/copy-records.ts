/**
 * Copies the records of a data folder into an empty PostgreSQL database, and reads both sides again before
 * it says that it is done: the numbers of rows and a digest over every row of each table. In one transaction:
 * a copy that was broken off has left nothing, and begins anew.
 */
import type { Log } from '../../core/ports/log.js'
import type { Clock, Timers } from '../../core/ports/system.js'
import type { TableName } from '../../core/records/tables.js'
import { copyRowsMax, rowsAtOnce } from './copied.js'
import { placeOf } from './postgres/connect.js'
import { Filling, fillingOrder } from './postgres/filling.js'
import { RowDigest } from './row-digest.js'
import { FolderRows } from './sqlite/folder-rows.js'

export interface CopyOptions {
  /** The data folder. Nobody may have it open. */
  readonly from: string
  /** The database. It must hold no records. */
  readonly to: string
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /** After each batch. */
  onProgress?(progress: CopyProgress): void
}

export interface CopyProgress {
  readonly table: TableName
  readonly copied: number
  readonly of: number
}

export interface CopiedTable {
  readonly table: TableName
  readonly rows: number
  /** SHA-256 over its rows, on both sides. */
  readonly from: string
  readonly to: string
  readonly same: boolean
}

export interface CopyReport {
  /** False: nothing was kept. */
  readonly ok: boolean
  readonly tables: readonly CopiedTable[]
}

/** A moment in each month in which events lie. */
const monthsOfEvents = (source: FolderRows): ReadonlySet<number> => {
  const months = new Set<number>()
  for (const rows of source.pages('event', copyRowsMax)) {
    for (const row of rows) {
      const at = new Date(row['atMs'] as number)
      months.add(Date.UTC(at.getUTCFullYear(), at.getUTCMonth()))
    }
  }
  return months
}

const copyTable = async (
  table: TableName,
  { onProgress }: CopyOptions,
  { source, target }: { readonly source: FolderRows; readonly target: Filling },
): Promise<CopiedTable> => {
  const of = source.count(table)
  const read = new RowDigest(table)
  for (const rows of source.pages(table, rowsAtOnce(table))) {
    for (const row of rows) read.add(row)
    await target.insert(table, rows)
    onProgress?.({ table, copied: read.rows, of })
  }
  const written = new RowDigest(table)
  for await (const rows of target.pages(table, rowsAtOnce(table))) {
    for (const row of rows) written.add(row)
  }
  const [from, to] = [read.end(), written.end()]
  const same = read.rows === of && written.rows === of && from === to
  return { table, rows: written.rows, from, to, same }
}

/** Throws RecordsRefused: a folder in use or without records, a database that is not empty or can't be used. */
export const copyRecords = async (options: CopyOptions): Promise<CopyReport> => {
  const source = FolderRows.open(options.from, options.clock.now())
  let target: Filling | undefined
  try {
    target = await Filling.open({ ...options, url: options.to })
    await target.begin(monthsOfEvents(source), placeOf(options.to))
    const tables: CopiedTable[] = []
    for (const table of fillingOrder) {
      tables.push(await copyTable(table, options, { source, target }))
    }
    const ok = tables.every(({ same }) => same)
    if (ok) await target.commit()
    return { ok, tables }
  } finally {
    await target?.abandon()
    await target?.close()
    source.close()
  }
}
