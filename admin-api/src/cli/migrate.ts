/** `tillgate migrate`: the records of a data folder, copied into an empty PostgreSQL database and checked. */
import { copyRecords, pinoLog, systemClock, systemTimers } from '@tillgate/gateway'
import type { CopyProgress, CopyReport } from '@tillgate/gateway'

export interface MigrateOptions {
  readonly from: string
  readonly to: string
  readonly json: boolean
}

const shortDigest = 16

const tableOf = ({ tables }: CopyReport): string => {
  const width = Math.max(...tables.map(({ table }) => table.length))
  const lines = tables.map(({ table, rows, from, same }) => {
    const verdict = same ? 'same' : 'DIFFERENT'
    return `${table.padEnd(width)}  ${String(rows).padStart(10)}  ${from.slice(0, shortDigest)}  ${verdict}`
  })
  return `${lines.join('\n')}\n`
}

const say = ({ table, copied, of }: CopyProgress): void => {
  process.stderr.write(`${table}: ${String(copied)} of ${String(of)}\n`)
}

const closing = (ok: boolean): string =>
  ok
    ? 'Copied: counts and hashes agree. Start with TILLGATE_DATABASE_URL and the same TILLGATE_DATA: ' +
      'the key that unseals the secrets stays in that folder.\n'
    : 'Not copied: what was written does not agree with what was read. Nothing was kept.\n'

export const migrateRecords = async ({ from, to, json }: MigrateOptions): Promise<void> => {
  const log = pinoLog({ level: 'warn', stream: process.stderr })
  const ports = { clock: systemClock, timers: systemTimers, log }
  const report = await copyRecords({ from, to, ...ports, onProgress: say })
  process.stdout.write(
    json ? `${JSON.stringify(report)}\n` : `${tableOf(report)}\n${closing(report.ok)}`,
  )
  if (!report.ok) process.exitCode = 1
}
