/**
 * Opens the records of one data folder: lock, check, migrate. Refuses (RecordsRefused) and leaves the
 * file as it was rather than work on what it doesn't understand.
 *
 * The lock is a transaction held open on a file beside the records, so the system drops it with the
 * process, kill -9 included, and it stays held while the records themselves are reopened after a
 * failure. Memory-mapped reading stays off: an I/O error would then kill the process by a signal
 * instead of failing a statement.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { sqliteLimits } from './limits.js'
import { migrate, refuseForeign } from './migrate.js'
import type { Migration } from '../migration.js'
import { corrupt, refusalOf } from './sqlite-error.js'

export const recordsFile = (folder: string): string => join(folder, 'records.sqlite')
const lockFile = (folder: string): string => join(folder, 'records.lock')

export interface FolderLock {
  release(): void
}

const syncFolder = (folder: string): void => {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Makes the folder where it is missing and takes it for this process. */
export const lockFolder = (folder: string): FolderLock => {
  const file = lockFile(folder)
  let lock: DatabaseSyncInstance | undefined
  try {
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (made !== undefined) syncFolder(dirname(made))
    lock = new DatabaseSync(file, { timeout: 0 })
    lock.exec('begin exclusive')
  } catch (error) {
    lock?.close()
    throw refusalOf(error, folder)
  }
  const held = lock
  return { release: () => held.close() }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** An emptied database would otherwise pass for a new one, and its write-ahead log be thrown away. */
const refuseEmptied = (file: string): void => {
  if (sizeOf(file) === 0 && sizeOf(`${file}-wal`) > 0) {
    throw corrupt(file, 'the file is empty or gone, but its write-ahead log is there')
  }
}

const refuseDamaged = (db: DatabaseSyncInstance, file: string): void => {
  const { quick_check: answer } = db.prepare('pragma quick_check(1)').get() as {
    quick_check: string
  }
  if (answer !== 'ok') throw corrupt(file, answer)
}

const settings = (cacheKib: number): string => `
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma trusted_schema = off;
  pragma mmap_size = 0;
  pragma temp_store = memory;
  pragma cache_size = -${String(cacheKib)};
`

export interface OpenOptions {
  /** A path, or `:memory:`. */
  readonly file: string
  readonly nowMs: number
  readonly migrations: readonly Migration[]
}

export const inMemory = ':memory:'

/**
 * What the write-ahead log holds goes into the database file and is synced there. After a failed
 * fsync the log's pages may look written and not be; whoever reopens must not build on them.
 */
export const checkpointAll = (db: DatabaseSyncInstance): void => {
  const row = db.prepare('pragma wal_checkpoint(truncate)').get() as { busy: number }
  if (row.busy !== 0) throw new Error('a reader holds the write-ahead log')
}

/** Moves what no reader still needs; what is left goes with the next one. */
export const checkpoint = (db: DatabaseSyncInstance): void => {
  db.prepare('pragma wal_checkpoint(passive)').get()
}

/** A commit that changes nothing but reaches the disk. */
export const probe = (db: DatabaseSyncInstance): void => {
  db.exec('begin immediate; update migration set name = name where version = 1; commit')
}

const prepareWriter = (db: DatabaseSyncInstance, options: OpenOptions): void => {
  const { file } = options
  refuseForeign(db, file)
  refuseDamaged(db, file)
  if (file !== inMemory) {
    db.exec('pragma journal_mode = wal; pragma wal_autocheckpoint = 0')
    db.exec(`pragma journal_size_limit = ${String(sqliteLimits.walBytesMax)}`)
  }
  db.exec(settings(sqliteLimits.cacheKib))
  migrate(db, options)
  if (file !== inMemory) checkpointAll(db)
}

/** The one connection that writes. */
export const openWriter = (options: OpenOptions): DatabaseSyncInstance => {
  let db: DatabaseSyncInstance | undefined
  try {
    if (options.file !== inMemory) refuseEmptied(options.file)
    db = new DatabaseSync(options.file, { timeout: 0, defensive: true })
    prepareWriter(db, options)
    return db
  } catch (error) {
    db?.close()
    throw refusalOf(error, options.file)
  }
}

/** A connection that only looks; the writer of this process has the file open. */
export const openReader = (file: string): DatabaseSyncInstance => {
  const db = new DatabaseSync(file, { timeout: sqliteLimits.readerPatienceMs, readOnly: true })
  db.exec(settings(sqliteLimits.cacheKib / 4))
  return db
}
