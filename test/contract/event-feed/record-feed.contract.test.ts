// The embedded feed: a reader of the records in this process.
import {
  createRecordFeed,
  openInlineSqliteRecords,
  systemClock,
  systemTimers,
} from '@tillgate/gateway'
import { onTestFinished } from 'vitest'
import { quietLog } from '../records/quiet.js'
import { eventFeedContract } from './event-feed.contract.js'

const beatMs = 20

eventFeedContract('the records', () => {
  const timers = systemTimers
  const records = openInlineSqliteRecords({ file: ':memory:', clock: systemClock, timers })
  const feed = createRecordFeed({ records, timers, log: quietLog(), beatMs })
  onTestFinished(async () => {
    await feed.stop()
    await records.close()
  })
  return Promise.resolve({ feed, records })
})
