import { expect, test } from 'vitest'
import { waitFor } from '../ground/index.js'
import { commit, connect, named, namesIn, openLive } from './live-client.js'

const startCursor = '?after=start'

const caughtUp = (client: ReturnType<typeof connect>) =>
  waitFor(() => client.messages.some((one) => one.caughtUp), { what: 'the client to be caught up' })

test('a client gets what is committed from then on, in the words of the ledger', async () => {
  const live = await openLive()
  const client = connect(live)
  await caughtUp(client)
  const body = { sn: 'SN-1', vendor: 'PAX', model: 'A920' }
  await live.bench.call('POST', '/v1/terminals', { body })
  await live.bench.call('POST', '/v1/commands', { body: { sn: 'SN-1', type: 'SelfTest' } })
  await waitFor(() => client.events().length === 2, { what: 'both events' })
  const [registered, ordered] = client.events()
  const commands = await live.bench.call('GET', '/v1/commands')
  expect(registered?.event).toMatchObject({
    kind: 'terminal.registered',
    sn: 'SN-1',
    commandId: null,
  })
  expect(ordered?.event).toMatchObject({
    at: '2026-03-01T09:00:00.000Z',
    kind: 'command.ordered',
    actor: 'tester',
    sn: 'SN-1',
    commandId: commands.at('items.0.id'),
    bindingId: null,
    evidence: null,
  })
})

test('cut again and again in 1,000 events and resumed from its cursor, a client gets each once and in order', async () => {
  const live = await openLive()
  const got: unknown[] = []
  const committing = (async () => {
    for (let n = 0; n < 1_000; n += 50) await commit(live, named(n, n + 50))
  })()
  let query = startCursor
  while (got.length < 1_000) {
    const client = connect(live, { query })
    const enough = Math.min(150, 1_000 - got.length)
    await waitFor(() => namesIn(client.messages).length >= enough, { what: 'the next events' })
    client.socket.terminate()
    await client.closed
    got.push(...namesIn(client.messages))
    query = `?after=${client.messages.at(-1)?.cursor ?? ''}`
  }
  await committing
  expect(got).toEqual(named(0, 1_000))
})

test('what is committed while a client shakes hands is not lost', async () => {
  const live = await openLive()
  for (let round = 0; round < 20; round++) {
    const before = `before-${String(round)}`
    await commit(live, [before])
    const client = connect(live)
    // The server has the request once its head was read; from then on everything counts.
    await new Promise<void>((resolve) => client.socket.on('upgrade', () => resolve()))
    const during = `during-${String(round)}`
    await commit(live, [during])
    await waitFor(() => namesIn(client.messages).includes(during), { what: during })
    expect(namesIn(client.messages)).not.toContain(before)
    client.socket.close()
  }
})

test('a cursor behind the first 500 goes on with the next, from the records and then live', async () => {
  const live = await openLive()
  await commit(live, named(0, 600))
  const page = await live.bench.call('GET', '/v1/events?kind=merchant.&limit=200')
  const client = connect(live, { query: `?after=${String(page.at('endCursor'))}` })
  await caughtUp(client)
  await commit(live, named(600, 610))
  await waitFor(() => namesIn(client.messages).length === 410, { what: 'all that follows' })
  expect(namesIn(client.messages)).toEqual(named(200, 610))
})

test('filters by terminal, command and kind let through what they name and nothing else', async () => {
  const live = await openLive()
  const { bench } = live
  for (const sn of ['SN-1', 'SN-2']) {
    await bench.call('POST', '/v1/terminals', { body: { sn, vendor: 'V', model: 'M' } })
  }
  const order = (sn: string) =>
    bench.call('POST', '/v1/commands', { body: { sn, type: 'SelfTest' } })
  const first = await order('SN-1')
  const command = String(first.at('id'))
  const filters = [
    'terminal=SN-2',
    `command=${command}`,
    'kind=terminal.',
    'kind=command.&terminal=SN-1',
  ]
  const clients = filters.map((filter) => connect(live, { query: `${startCursor}&${filter}` }))
  for (const client of clients) await caughtUp(client)
  await order('SN-2')
  await bench.call('POST', `/v1/commands/${command}/cancel`)
  await order('SN-1')
  const seen = (i: number) =>
    clients[i]?.events().map(({ event }) => `${String(event?.['sn'])} ${String(event?.kind)}`)
  await waitFor(() => seen(3)?.length === 3, { what: 'the last event' })
  expect(clients.map((_, i) => seen(i))).toEqual([
    ['SN-2 terminal.registered', 'SN-2 command.ordered'],
    ['SN-1 command.ordered', 'SN-1 command.cancelled'],
    ['SN-1 terminal.registered', 'SN-2 terminal.registered'],
    ['SN-1 command.ordered', 'SN-1 command.cancelled', 'SN-1 command.ordered'],
  ])
})

test('a quiet ledger is told by heartbeats, whose cursor passes what a filter keeps back', async () => {
  const live = await openLive({ live: { heartbeatMs: 20, beatMs: 10 } })
  const client = connect(live, { query: '?kind=alarm.' })
  await caughtUp(client)
  await commit(live, ['M1'])
  const head = await live.bench.call('GET', '/v1/events?limit=200')
  await waitFor(
    () => client.messages.some((one) => one.heartbeat && one.cursor === head.at('endCursor')),
    { what: 'a heartbeat at the end' },
  )
  expect(client.events()).toEqual([])
})

test('200 clients at once get every event', async () => {
  const live = await openLive()
  const tokens = await Promise.all(Array.from({ length: 5 }, () => live.bench.token('events:read')))
  const clients = Array.from({ length: 200 }, (_, i) => connect(live, { token: tokens[i % 5]! }))
  for (const client of clients) await caughtUp(client)
  await commit(live, named(0, 300))
  for (const client of clients) {
    await waitFor(() => client.events().length === 300, { what: 'all events' })
    expect(namesIn(client.messages)).toEqual(named(0, 300))
  }
})

test('a going down closes with a code and the last cursor, and the cursor is good afterwards', async () => {
  const live = await openLive()
  const client = connect(live)
  await caughtUp(client)
  await commit(live, ['M1'])
  await waitFor(() => client.events().length === 1, { what: 'the event' })
  const drained = live.server.drain()
  const { code, reason } = await client.closed
  await drained
  expect(code).toBe(1012)
  expect(reason).toBe(`DRAINING ${client.messages.at(-1)?.cursor ?? ''}`)
  const page = await live.bench.call('GET', `/v1/events?cursor=${reason.split(' ')[1] ?? ''}`)
  expect(page.at('items')).toEqual([])
})
