/**
 * Brings a database to the schema of this program: each missing migration in a transaction of its
 * own, recorded with its checksum. Refuses what it can't understand and changes nothing then.
 */
import { createHash } from 'node:crypto'
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import type { Migration } from './migrations/migration.js'
import { RecordsRefused } from '../refused.js'

/** 'TILL', in the header of the file. */
const applicationId = 0x54494c4c

export const checksumOf = (migration: Migration): string =>
  createHash('sha256')
    .update(`${String(migration.version)} ${migration.name}\n${migration.sql}`)
    .digest('hex')

interface Applied {
  readonly version: number
  readonly name: string
  readonly checksum: string
}

const pragmaNumber = (db: DatabaseSyncInstance, name: string): number =>
  Number(Object.values(db.prepare(`pragma ${name}`).get() as Record<string, unknown>)[0])

/** Whether it has no schema yet. Refuses what another program made. */
export const refuseForeign = (db: DatabaseSyncInstance, file: string): { empty: boolean } => {
  const tables = db.prepare('select count(*) as n from sqlite_schema').get() as { n: number }
  const id = pragmaNumber(db, 'application_id')
  if (tables.n === 0 && id === 0) return { empty: true }
  if (id === applicationId) return { empty: false }
  throw new RecordsRefused(
    'FOREIGN',
    `${file} is a database of another program. Point Tillgate at its own data folder, or at an empty one.`,
  )
}

const appliedOf = (db: DatabaseSyncInstance): readonly Applied[] =>
  db.prepare('select version, name, checksum from migration order by version').all() as Applied[]

const refuseUnknown = (
  applied: readonly Applied[],
  known: readonly Migration[],
  file: string,
): void => {
  const newest = applied.at(-1)
  if (newest !== undefined && newest.version > known.length) {
    throw new RecordsRefused(
      'NEWER',
      `${file} has schema ${String(newest.version)}, this program knows ${String(known.length)}. ` +
        'Start the newer Tillgate that wrote it, or restore a backup made before the upgrade.',
    )
  }
  for (const [place, row] of applied.entries()) {
    const migration = known[place]
    if (migration?.version === row.version && checksumOf(migration) === row.checksum) continue
    throw new RecordsRefused(
      'CHANGED',
      `${file} was made by another edition of migration ${String(row.version)} (${row.name}). ` +
        'Use the release of Tillgate that made it; released migrations are never edited.',
    )
  }
}

const apply = (db: DatabaseSyncInstance, migration: Migration, nowMs: number): void => {
  db.exec('begin immediate')
  try {
    if (migration.version === 1) {
      db.exec(
        `pragma application_id = ${String(applicationId)};
         create table migration (
           version integer primary key, name text not null, checksum text not null,
           applied_at_ms integer not null
         ) strict;`,
      )
    }
    db.exec(migration.sql)
    db.prepare('insert into migration values (?, ?, ?, ?)').run(
      migration.version,
      migration.name,
      checksumOf(migration),
      nowMs,
    )
    db.exec('commit')
  } catch (error) {
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}

export interface MigrateOptions {
  readonly file: string
  readonly nowMs: number
  readonly migrations: readonly Migration[]
}

export const migrate = (db: DatabaseSyncInstance, options: MigrateOptions): void => {
  const { empty } = refuseForeign(db, options.file)
  const applied = empty ? [] : appliedOf(db)
  refuseUnknown(applied, options.migrations, options.file)
  for (const migration of options.migrations.slice(applied.length)) {
    apply(db, migration, options.nowMs)
  }
}
