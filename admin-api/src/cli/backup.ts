/** `tillgate backup` and `tillgate restore`: the records of a data folder, and what goes with them in words. */
import { backupRecords, restoreRecords, sealingKeyFile, systemClock } from '@tillgate/gateway'
import type { BackupNote } from '@tillgate/gateway'

import { readConfig } from '../start/config.js'
import { ConfigError } from '../start/variables.js'

export interface BackupOptions {
  readonly json: boolean
}

const rowsIn = ({ rows }: BackupNote): number => Object.values(rows).reduce((sum, n) => sum + n, 0)

const summary = (note: BackupNote): string =>
  `${String(rowsIn(note))} rows in ${String(Object.keys(note.rows).length)} tables, ` +
  `${String(note.bytes)} bytes, as of ${note.takenAt}; whole, sha256 ${note.sha256.slice(0, 16)}…`

const aboutTheKey = (dataFolder: string): readonly string[] => [
  'Not in it: the sealing key, without which no private key in these records can be read again',
  `(TILLGATE_SEALING_KEY, its file, or ${dataFolder}/${sealingKeyFile}), and the offline root.`,
  'Keep the key apart from the backup: whoever has both can be this Tillgate.',
]

const aboutTime = [
  'What was ordered, answered and proved after the backup is not in these records. On its next Hello a',
  'terminal that has had commands since raises the alarm SEQ_AHEAD and goes on above its own number; one',
  'that was bound since raises EPOCH_AHEAD. Look at these alarms, and at the host for what became of each',
  'terminal; order nothing again before that. Tokens and certificates revoked since are valid again:',
  'revoke them anew, before terminals and people are let in.',
]

/** These work on a data folder; a database has its own tools. */
const folderOf = (): string => {
  const { node } = readConfig(process.env)
  if (node.records?.kind !== 'postgres') return node.dataFolder
  throw new ConfigError(
    'TILLGATE_DATABASE_URL',
    'is set: its records are backed up with pg_dump, see gateway/examples/operations',
  )
}

const say = (json: boolean, note: BackupNote, lines: readonly string[]): void => {
  process.stdout.write(json ? `${JSON.stringify(note)}\n` : `${lines.join('\n')}\n`)
}

export const backup = async (to: string, { json }: BackupOptions): Promise<void> => {
  const dataFolder = folderOf()
  const note = await backupRecords({ dataFolder, to, clock: systemClock })
  say(json, note, [`Backed up to ${to}: ${summary(note)}`, '', ...aboutTheKey(dataFolder)])
}

export const restore = async (from: string, { json }: BackupOptions): Promise<void> => {
  const dataFolder = folderOf()
  const note = await restoreRecords({ from, dataFolder })
  say(json, note, [`Restored to ${dataFolder}: ${summary(note)}`, '', ...aboutTime])
}
