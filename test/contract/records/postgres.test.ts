// The records in a PostgreSQL database, on a real server.
import { openPostgresRecords, systemClock, systemTimers, type Records } from '@tillgate/gateway'
import { freshDatabase, withPostgres } from '../../ground/index.js'
import { quietLog } from './quiet.js'
import { recordsContract } from './records.contract.js'

const open = (url: string): Promise<Records> =>
  openPostgresRecords({ url, clock: systemClock, timers: systemTimers, log: quietLog() })

withPostgres('records: PostgreSQL', () =>
  recordsContract('PostgreSQL', async () => {
    const url = await freshDatabase()
    return { records: await open(url), reopen: () => open(url) }
  }),
)
