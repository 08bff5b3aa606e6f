// The sealed ledger in a SQLite file. There is one node: the other is the same records.
import { openSqliteRecords, systemClock, systemTimers } from '@tillgate/gateway'
import { DatabaseSync } from '@photostructure/sqlite'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { tempFolder } from '../../ground/index.js'
import { quietLog } from './quiet.js'
import { sealingContract } from './sealing.contract.js'

sealingContract('SQLite', async () => {
  const folder = tempFolder('records')
  const parts = { clock: systemClock, timers: systemTimers, log: quietLog() }
  const records = await openSqliteRecords({ folder, ...parts })
  onTestFinished(() => records.close())
  return {
    records,
    other: records,
    tamper(sql) {
      const db = new DatabaseSync(join(folder, 'records.sqlite'), { timeout: 5_000 })
      db.exec(`drop trigger if exists event_kept; drop trigger if exists event_unchanged; ${sql}`)
      db.close()
      return Promise.resolve()
    },
  }
})
