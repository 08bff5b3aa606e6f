/** A look at the records of a data folder, whether a node runs on it or not. Throws RecordsRefused. */
import { existsSync } from 'node:fs'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { QueryShapes } from '../query-shapes.js'
import { sealedSince, type RecordsGlance, type VaultGlance } from '../glance.js'
import { refuseUnknown, type Applied } from '../migration.js'
import { sqliteLimits } from './limits.js'
import { refuseForeign } from './migrate.js'
import { migrations } from './migrations/catalogue.js'
import { recordsFile } from './open-database.js'
import { sqliteDialect } from './sqlite-dialect.js'
import { refusalOf } from './sqlite-error.js'

const namesOf = (list: typeof migrations): readonly string[] => list.map(({ name }) => name)

const none: RecordsGlance = {
  pending: namesOf(migrations),
  vault: [],
  sealed: [],
  serverNowMs: undefined,
  warnings: [],
}

const sealedIn = (db: DatabaseSyncInstance): RecordsGlance['sealed'] => {
  const { text } = new QueryShapes(sqliteDialect).of('sealed-kids', {})
  return db.prepare(text).all() as unknown as RecordsGlance['sealed']
}

export const glanceAtFolder = (folder: string): RecordsGlance => {
  const file = recordsFile(folder)
  if (!existsSync(file)) return none
  let db: DatabaseSyncInstance | undefined
  try {
    db = new DatabaseSync(file, { readOnly: true, timeout: sqliteLimits.readerPatienceMs })
    if (refuseForeign(db, file).empty) return none
    const applied = db.prepare('select version, name, checksum from migration order by version')
    const done = applied.all() as Applied[]
    refuseUnknown(done, migrations, file)
    const vault = db.prepare(
      `select name, kind, public_part as publicPart, sealed_part as sealedPart,
         created_at_ms as createdAtMs
       from vault where retired_at_ms is null order by id`,
    )
    return {
      ...none,
      pending: namesOf(migrations.slice(done.length)),
      vault: vault.all() as unknown as readonly VaultGlance[],
      sealed: done.some(({ name }) => name === sealedSince) ? sealedIn(db) : [],
    }
  } catch (error) {
    throw refusalOf(error, file)
  } finally {
    db?.close()
  }
}
