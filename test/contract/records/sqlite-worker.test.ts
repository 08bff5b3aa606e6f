// The records in a SQLite file, behind worker threads.
import { openSqliteRecords, systemClock, systemTimers, type Records } from '@tillgate/gateway'
import { tempFolder } from '../../ground/index.js'
import { quietLog } from './quiet.js'
import { recordsContract } from './records.contract.js'

const open = (folder: string): Promise<Records> =>
  openSqliteRecords({ folder, clock: systemClock, timers: systemTimers, log: quietLog() })

recordsContract('SQLite in a worker', async () => {
  const folder = tempFolder('records')
  return { records: await open(folder), reopen: () => open(folder) }
})
