// The sealed ledger in PostgreSQL, where ids have gaps and several nodes write.
import { openPostgresRecords, openAudit, systemClock, systemTimers } from '@tillgate/gateway'
import type { Records } from '@tillgate/gateway'
import { nodePrimitives } from '@tillgate/protocol/node'
import { expect, onTestFinished, test } from 'vitest'
import { freshDatabase, queryOnce, waitFor, withPostgres } from '../../ground/index.js'
import { merchant } from './inputs.js'
import { quietLog } from './quiet.js'
import { sealingContract } from './sealing.contract.js'

const openNode = async (url: string): Promise<Records> => {
  const parts = { clock: systemClock, timers: systemTimers, log: quietLog() }
  const records = await openPostgresRecords({ url, ...parts })
  onTestFinished(() => records.close())
  return records
}

const without = 'alter table event disable trigger user;'

const opened = async () => {
  const url = await freshDatabase()
  const [records, other] = [await openNode(url), await openNode(url)]
  return {
    records,
    other,
    tamper: async (sql: string) => void (await queryOnce(url, `${without} ${sql}`)),
  }
}

withPostgres('sealing', () => {
  sealingContract('PostgreSQL', opened)

  test('the last lines of a writer, which nothing follows, show as a hole as well', async () => {
    const { records, other, tamper } = await opened()
    await records.submit('create-merchant', merchant('A'))
    await other.submit('create-merchant', merchant('B'))
    await records.submit('create-merchant', merchant('C'))
    await tamper('delete from event where id = (select max(id) from event)')
    const audit = openAudit({
      ...{ records, clock: systemClock, timers: systemTimers, digest: nodePrimitives },
      log: quietLog(),
      coordination: { lease: () => ({ held: () => true }) },
      signer: { sign: () => Promise.reject(new Error('nothing is signed here')) },
      pace: { beatMs: 20, pauseMs: 1 },
    })
    onTestFinished(() => audit.stop())
    audit.start()
    await waitFor(async () => (await records.read('audit-tree', {}))?.size === 4, {
      what: 'the alarm sealed',
    })
    const [hole] = await records.read('audit-holes', { afterId: 0, limit: 10 })
    expect(JSON.parse(hole?.entry ?? '{}')).toMatchObject({ hole: { from: 2, through: 2 } })
  })
})
