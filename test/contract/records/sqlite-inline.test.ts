// The same runner on the caller's thread, in a file and in memory.
import { join } from 'node:path'
import { openInlineSqliteRecords, systemClock, systemTimers, type Records } from '@tillgate/gateway'
import { tempFolder } from '../../ground/index.js'
import { recordsContract } from './records.contract.js'

const open = (file: string): Records =>
  openInlineSqliteRecords({ file, clock: systemClock, timers: systemTimers })

recordsContract('SQLite inline, in memory', () => Promise.resolve({ records: open(':memory:') }))

recordsContract('SQLite inline, in a file', () => {
  const file = join(tempFolder('records'), 'records.sqlite')
  return Promise.resolve({ records: open(file), reopen: () => Promise.resolve(open(file)) })
})
