/**
 * A backup of a data folder's records, taken while a node may run on it: a connection of its own reads one
 * snapshot and writes it as a whole new file, which is checked, synced, and only then given its name. The
 * node goes on meanwhile; its write-ahead log grows until the snapshot is read.
 * It must never hold the key that opens the vault: who had both would have every key.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import type { Clock } from '../../../core/ports/system.js'
import { RecordsRefused } from '../refused.js'
import { examineCopy, syncPath, type CopiedFile } from './copied-file.js'
import { recordsFile } from './open-database.js'
import { sqliteLimits } from './limits.js'
import { refuseForeign } from './migrate.js'
import { refusalOf } from './sqlite-error.js'

/** Beside the copy: what it must turn out to be. */
export interface BackupNote extends CopiedFile {
  readonly format: 1
  readonly takenAt: string
  readonly bytes: number
}

export const backupNoteFile = (folder: string): string => join(folder, 'backup.json')

const makeTarget = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (readdirSync(folder).length === 0) return
  throw new RecordsRefused('NOT_EMPTY', `${folder} is not empty. A backup goes into a new folder.`)
}

const copySnapshot = (from: string, to: string): void => {
  const db = new DatabaseSync(from, { readOnly: true, timeout: sqliteLimits.readerPatienceMs })
  try {
    const { empty } = refuseForeign(db, from)
    if (empty) throw new RecordsRefused('FOREIGN', `${from} holds no records yet.`)
    db.prepare('vacuum into ?').run(to)
  } finally {
    db.close()
  }
}

export interface BackupOrder {
  readonly dataFolder: string
  /** New, or empty. */
  readonly to: string
  readonly clock: Clock
}

/** Throws RecordsRefused; what was written by then is gone again. */
export const backupRecords = async ({
  dataFolder,
  to,
  clock,
}: BackupOrder): Promise<BackupNote> => {
  const from = recordsFile(dataFolder)
  if (!existsSync(from)) {
    throw new RecordsRefused('UNUSABLE', `${from} is not there: name the data folder.`)
  }
  makeTarget(to)
  const draft = `${recordsFile(to)}.draft`
  const takenAt = new Date(clock.now()).toISOString()
  try {
    copySnapshot(from, draft)
    syncPath(draft)
    const note: BackupNote = {
      format: 1,
      takenAt,
      bytes: statSync(draft).size,
      ...(await examineCopy(draft)),
    }
    renameSync(draft, recordsFile(to))
    writeFileSync(backupNoteFile(to), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 })
    for (const path of [backupNoteFile(to), to, dirname(to)]) syncPath(path)
    return note
  } catch (error) {
    rmSync(draft, { force: true })
    throw refusalOf(error, from)
  }
}
