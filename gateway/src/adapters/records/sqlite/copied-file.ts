/**
 * What a copy of the records file must show before it counts as one: that the file is whole, what stands
 * in each table, and the hash of its bytes. Whoever restores it asks the same again.
 */
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fsyncSync, openSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { corrupt, refusalOf } from './sqlite-error.js'

export type RowCounts = Readonly<Record<string, number>>

export interface CopiedFile {
  readonly sha256: string
  /** Rows by table. */
  readonly rows: RowCounts
}

const tablesOf = (db: DatabaseSyncInstance): readonly string[] =>
  db
    .prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`)
    .all()
    .map((row) => (row as { readonly name: string }).name)
    .sort()

export const rowCounts = (db: DatabaseSyncInstance): RowCounts =>
  Object.fromEntries(
    tablesOf(db).map((table) => {
      const row = db.prepare(`select count(*) as n from "${table}"`).get() as { readonly n: number }
      return [table, row.n]
    }),
  )

const refuseBroken = (db: DatabaseSyncInstance, file: string): void => {
  for (const check of ['integrity_check', 'foreign_key_check']) {
    const [first] = db.prepare(`pragma ${check}`).all() as readonly Record<string, unknown>[]
    if (first === undefined || first['integrity_check'] === 'ok') continue
    throw corrupt(file, `${check}: ${JSON.stringify(first)}`)
  }
}

const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** Nothing that is read back later counts as written before this. */
export const syncPath = (path: string): void => {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Throws RecordsRefused where it is damaged. */
export const examineCopy = async (file: string): Promise<CopiedFile> => {
  let db: DatabaseSyncInstance | undefined
  try {
    db = new DatabaseSync(file, { readOnly: true })
    refuseBroken(db, file)
    return { rows: rowCounts(db), sha256: await sha256Of(file) }
  } catch (error) {
    throw refusalOf(error, file)
  } finally {
    db?.close()
  }
}
