/** `tillgate records migrate`: the schema of a PostgreSQL database, brought up before the nodes are started. */
import { openPostgresRecords, pinoLog, systemClock, systemTimers } from '@tillgate/gateway'

export const upgradeRecords = async (url: string): Promise<void> => {
  const log = pinoLog({ level: 'warn', stream: process.stderr })
  const records = await openPostgresRecords({
    url,
    clock: systemClock,
    timers: systemTimers,
    log,
    nodeName: 'records migrate',
  })
  await records.close()
  process.stdout.write('The database has the schema of this program.\n')
}
