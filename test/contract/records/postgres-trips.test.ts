// A group costs the same few round trips, however many operations are in it.
import { openPostgresRecords, operations, systemClock, systemTimers } from '@tillgate/gateway'
import { expect, onTestFinished, test } from 'vitest'
import { ColumnTypes } from '../../../gateway/src/adapters/records/postgres/column-types.js'
import { connect } from '../../../gateway/src/adapters/records/postgres/connect.js'
import { Questions } from '../../../gateway/src/adapters/records/postgres/questions.js'
import { GroupRunner } from '../../../gateway/src/adapters/records/postgres/run-group.js'
import {
  becomeWriter,
  WriteStatements,
} from '../../../gateway/src/adapters/records/postgres/write-statements.js'
import type { GroupItem } from '../../../gateway/src/adapters/records/group.js'
import { freshDatabase, withPostgres } from '../../ground/index.js'
import { binding, merchant, terminal, uuid } from './inputs.js'
import { quietLog } from './quiet.js'

const TERMINALS = 128

/** Runs groups on a database with so many terminals, and says how many trips each took. */
const openCounting = async () => {
  const url = await freshDatabase()
  const ports = { clock: systemClock, timers: systemTimers, log: quietLog() }
  const records = await openPostgresRecords({ url, ...ports })
  await records.submit('create-merchant', merchant('M1'))
  for (let n = 0; n < TERMINALS; n += 1) {
    await records.submit('register-terminal', terminal(`SN${String(n)}`))
  }
  await records.close()
  const session = await connect({ url, timers: systemTimers, nodeName: 'test' }, 'writer')
  onTestFinished(() => session.end())
  await session.run(becomeWriter)
  let trips = 0
  const counting = new Proxy(session, {
    get: (target, name) => {
      if (name === 'trip') trips += 1
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const types = await ColumnTypes.read(session)
  const runner = new GroupRunner({
    session: counting,
    operations,
    questions: new Questions(types),
    writes: new WriteStatements(types),
  })
  return async (items: readonly GroupItem[]): Promise<number> => {
    trips = 0
    const { answers } = await runner.run(items)
    expect(answers.map((answer) => answer.kind)).toEqual(items.map(() => 'result'))
    return trips
  }
}

const each = (count: number, make: (n: number) => GroupItem): readonly GroupItem[] =>
  Array.from({ length: count }, (_, n) => make(n))

const orderFor = (commandUuid: Uint8Array, n: number): GroupItem => ({
  name: 'order-command',
  input: {
    uuid: commandUuid,
    publicId: 'a command',
    terminalId: 1 + (n % TERMINALS),
    type: 5,
    destructive: 0,
    payload: new Uint8Array([1]),
    bindingId: null,
    notAfterMs: 2_000_000_000_000,
    actor: 'a test',
    atMs: 1_700_000_000_000,
  },
})

withPostgres('round trips to PostgreSQL', () => {
  test('two for an order, two for what is said of one, whatever the size of the group', async () => {
    const run = await openCounting()
    const cancel = (commandUuid: Uint8Array): GroupItem => ({
      name: 'cancel-command',
      input: { commandUuid, actor: 'a', atMs: 1_700_000_000_000 },
    })
    for (const size of [1, 16, 256]) {
      const uuids = Array.from({ length: size }, () => uuid())
      expect(await run(uuids.map(orderFor)), `${String(size)} orders`).toBe(2)
      expect(await run(uuids.map(cancel)), `${String(size)} cancels`).toBe(2)
    }
    const bind = each(100, (n) => ({
      name: 'order-binding',
      input: binding(n + 1, `T${String(n)}`),
    }))
    expect(await run(bind)).toBe(2)
  })
})
