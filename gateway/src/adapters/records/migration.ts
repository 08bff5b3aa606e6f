/**
 * A step of the schema: forward only, never edited once released. Its checksum is kept in the database
 * that it made, so that an edited one is noticed at the next start.
 */
import { createHash } from 'node:crypto'
import { RecordsRefused } from './refused.js'

export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

export const checksumOf = (migration: Migration): string =>
  createHash('sha256')
    .update(`${String(migration.version)} ${migration.name}\n${migration.sql}`)
    .digest('hex')

export interface Applied {
  readonly version: number
  readonly name: string
  readonly checksum: string
}

/** Refuses a database of a newer program, or of another edition of this one. */
export const refuseUnknown = (
  applied: readonly Applied[],
  known: readonly Migration[],
  where: string,
): void => {
  const newest = applied.at(-1)
  if (newest !== undefined && newest.version > known.length) {
    throw new RecordsRefused(
      'NEWER',
      `${where} has schema ${String(newest.version)}, this program knows ${String(known.length)}. ` +
        'Start the newer Tillgate that wrote it, or restore a backup made before the upgrade.',
    )
  }
  for (const [place, row] of applied.entries()) {
    const migration = known[place]
    if (migration?.version === row.version && checksumOf(migration) === row.checksum) continue
    throw new RecordsRefused(
      'CHANGED',
      `${where} was made by another edition of migration ${String(row.version)} (${row.name}). ` +
        'Use the release of Tillgate that made it; released migrations are never edited.',
    )
  }
}
