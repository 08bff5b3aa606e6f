// No query walks a whole table that grows: asked of the server's planner, on tables that look big to it.
import { openPostgresRecords, systemClock, systemTimers, type QueryName } from '@tillgate/gateway'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { QueryShapes } from '../../../gateway/src/adapters/records/query-shapes.js'
import { postgresDialect } from '../../../gateway/src/adapters/records/postgres/postgres-dialect.js'
import { freshDatabase, withPostgres } from '../../ground/index.js'
import { samples } from './query-samples.js'
import { quietLog } from './quiet.js'

/** Few rows by nature, or asked for as a whole. */
const small = /on (vault|event_origin)/

/** Each with all its filters, and with none. */
const inputs = Object.entries(samples).flatMap(([name, input]) => {
  const {
    terminalId: _t,
    commandId: _c,
    state: _s,
    type: _y,
    ...rest
  } = input as Record<string, unknown>
  const needsAll = ['events-of-command', 'proofs-of-command', 'certificates-of-terminal']
  return needsAll.includes(name)
    ? [{ name, input }]
    : [
        { name, input },
        { name, input: rest },
      ]
})

const plans = (): void => {
  test('every query goes along an index', async () => {
    const url = await freshDatabase()
    const ports = { clock: systemClock, timers: systemTimers, log: quietLog() }
    await (await openPostgresRecords({ url, ...ports })).close()
    const client = new Client({ connectionString: url })
    await client.connect()
    onTestFinished(() => client.end())
    // Scans stay possible, and are taken where nothing else is.
    await client.query('set enable_seqscan = off; set plan_cache_mode = force_generic_plan')
    const shapes = new QueryShapes(postgresDialect)
    const scans: string[] = []
    for (const { name, input } of inputs) {
      const shape = shapes.of(name as QueryName, input)
      const values = shape.cells(input)
      const explained = await client.query({ text: `explain ${shape.text}`, values })
      for (const row of explained.rows as { 'QUERY PLAN': string }[]) {
        const line = row['QUERY PLAN']
        if (line.includes('Seq Scan') && !small.test(line)) scans.push(`${name}: ${line.trim()}`)
      }
    }
    expect(scans).toEqual([])
  })
}

withPostgres('plans on PostgreSQL', plans)
