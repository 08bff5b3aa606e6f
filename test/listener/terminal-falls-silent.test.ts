import { describe, expect, test } from 'vitest'
import { waitFor } from '../ground/index.js'
import { openHarness } from './harness.js'
import { rawClient, subscribeDown } from './raw-client.js'

describe('a terminal that says nothing', () => {
  test.each([4, 5] as const)('is closed after its keep-alive and a half, version %i', async (v) => {
    const harness = await openHarness()
    const { handler, sn } = harness
    const will = { topic: `tg/1/${sn}/state`, payload: Buffer.from('gone'), qos: 1 } as const
    const start = performance.now()
    const client = await rawClient(harness, v, { keepalive: 1, will: { ...will, retain: false } })
    await client.closed()
    expect(performance.now() - start).toBeGreaterThan(1_450)
    if (v === 5) expect(await client.next('disconnect')).toMatchObject({ reasonCode: 0x8d })
    expect(handler.events).toEqual([`opened ${sn}`, 'state gone', `closed ${sn} keep-alive`])
  })

  test('half a packet does not keep it alive', async () => {
    const harness = await openHarness()
    const client = await rawClient(harness, 4, { keepalive: 1 })
    const trickle = setInterval(() => client.write('ff'), 100)
    client.write('32ff7f')
    await client.closed()
    clearInterval(trickle)
    expect(harness.handler.events.at(-1)).toBe(`closed ${harness.sn} keep-alive`)
  })

  test('one that vanishes has left its will', async () => {
    const harness = await openHarness()
    const { handler, sn } = harness
    const will = { topic: `tg/1/${sn}/state`, payload: Buffer.from('gone'), qos: 0 } as const
    const client = await rawClient(harness, 4, { will: { ...will, retain: false } })
    client.end()
    await waitFor(() => handler.events.length === 3, { what: 'the end' })
    expect(handler.events).toEqual([`opened ${sn}`, 'state gone', `closed ${sn} peer`])
  })
})

describe('a terminal that does not read', () => {
  test('is sent no more than the bound, and closed in time', async () => {
    const harness = await openHarness({
      limits: { unreadMsMax: 400, downlinksInFlightMax: 100_000, closeMsMax: 200 },
    })
    const { handler, sn } = harness
    const client = await rawClient(harness, 4)
    await subscribeDown(client, sn)
    client.socket.pause()
    const session = handler.sessions.get(sn)!
    let queuedBytes = 0
    await waitFor(
      () => {
        const payload = Buffer.alloc(60_000)
        if (session.send(payload) === 'queued') queuedBytes += payload.length
        return session.send(payload) === 'full'
      },
      { what: 'full' },
    )
    await waitFor(() => handler.events.at(-1) === `closed ${sn} quota`, { what: 'the end' })
    expect(session.send(Buffer.alloc(1))).toBe('closed')
    expect(queuedBytes).toBeGreaterThan(0)
    client.end()
  })

  test('nor acknowledge: the queue is bounded, and the session ends in time', async () => {
    const harness = await openHarness({ limits: { unreadMsMax: 300, closeMsMax: 200 } })
    const { handler, sn } = harness
    const client = await rawClient(harness, 5)
    await subscribeDown(client, sn)
    const session = handler.sessions.get(sn)!
    let queued = 0
    while (session.send(Buffer.from('x')) === 'queued') queued += 1
    expect(queued).toBe(16 + 64)
    expect(await client.next('disconnect')).toMatchObject({ reasonCode: 0x97 })
    await client.closed()
    expect(handler.events.at(-1)).toBe(`closed ${sn} quota`)
  })
})
