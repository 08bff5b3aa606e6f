/**
 * A backup put into a data folder, checked against its note before and after. It refuses a folder that is
 * in use or that has records, whatever they are: what is to be thrown away, a person moves away first.
 */
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { constants } from 'node:fs'
import { RecordsRefused } from '../refused.js'
import { backupNoteFile, type BackupNote } from './backup.js'
import { examineCopy, syncPath } from './copied-file.js'
import { lockFolder, recordsFile } from './open-database.js'
import { corrupt, refusalOf } from './sqlite-error.js'

const readNote = (folder: string): BackupNote => {
  const file = backupNoteFile(folder)
  if (!existsSync(file)) {
    throw new RecordsRefused('UNUSABLE', `${file} is not there: name the folder of a backup.`)
  }
  const note = JSON.parse(readFileSync(file, 'utf8')) as { readonly format?: unknown }
  if (note.format === 1) return note as BackupNote
  throw new RecordsRefused('NEWER', `${file} is of another program. Restore it with that one.`)
}

const refuseOther = async (file: string, note: BackupNote): Promise<void> => {
  if (statSync(file).size !== note.bytes) throw corrupt(file, 'its size is not that of its note')
  const { sha256, rows } = await examineCopy(file)
  if (sha256 !== note.sha256) throw corrupt(file, 'its hash is not that of its note')
  const differs = Object.keys({ ...rows, ...note.rows }).find(
    (table) => rows[table] !== note.rows[table],
  )
  if (differs !== undefined) throw corrupt(file, `table ${differs} is not as its note says`)
}

const refuseFull = (dataFolder: string): void => {
  const file = recordsFile(dataFolder)
  const there = [file, `${file}-wal`].find((path) => existsSync(path))
  if (there === undefined) return
  throw new RecordsRefused(
    'NOT_EMPTY',
    `${there} is there. Move the old records away first, if they are not wanted.`,
  )
}

export interface RestoreOrder {
  readonly from: string
  readonly dataFolder: string
}

/** Throws RecordsRefused, and has changed nothing then. */
export const restoreRecords = async ({ from, dataFolder }: RestoreOrder): Promise<BackupNote> => {
  const note = readNote(from)
  await refuseOther(recordsFile(from), note)
  const lock = lockFolder(dataFolder)
  const draft = `${recordsFile(dataFolder)}.draft`
  try {
    refuseFull(dataFolder)
    rmSync(draft, { force: true })
    copyFileSync(recordsFile(from), draft, constants.COPYFILE_EXCL)
    syncPath(draft)
    await refuseOther(draft, note)
    renameSync(draft, recordsFile(dataFolder))
    syncPath(dataFolder)
    return note
  } catch (error) {
    rmSync(draft, { force: true })
    throw refusalOf(error, dataFolder)
  } finally {
    lock.release()
  }
}
