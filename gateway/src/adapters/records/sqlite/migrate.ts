/**
 * Brings a database to the schema of this program: each missing migration in a transaction of its
 * own, recorded with its checksum. Refuses what it can't understand and changes nothing then.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { checksumOf, refuseUnknown, type Applied, type Migration } from '../migration.js'
import { RecordsRefused } from '../refused.js'

/** 'TILL', in the header of the file. */
const applicationId = 0x54494c4c

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
