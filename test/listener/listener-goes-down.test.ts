import { describe, expect, test } from 'vitest'
import { waitFor } from '../ground/index.js'
import { selfSigned } from './certificates.js'
import { openHarness } from './harness.js'
import type { Harness } from './harness.js'
import { rawClient, rawSocket } from './raw-client.js'
import type { RawClient } from './raw-client.js'

const fleet = async (harness: Harness, count: number): Promise<RawClient[]> => {
  const terminals = Array.from({ length: count }, (_, index) => {
    const sn = `SN-1${index}`
    const terminal = selfSigned(sn)
    harness.handler.registered.set(terminal.sha256, sn)
    return { ...harness, sn, terminal }
  })
  return Promise.all(terminals.map((one) => rawClient(one, 5)))
}

describe('draining', () => {
  test('sends terminals elsewhere, so many a second', async () => {
    const harness = await openHarness({ limits: { drainPerSecondMax: 20 } })
    const clients = await fleet(harness, 10)
    const start = performance.now()
    await harness.listener.drain()
    expect(performance.now() - start).toBeGreaterThan(400)
    for (const client of clients) {
      expect(await client.next('disconnect')).toMatchObject({ reasonCode: 0x9c })
    }
    const ends = harness.handler.events.filter((event) => event.endsWith('server-moved'))
    expect(ends).toHaveLength(10)
    await expect(rawSocket(harness)).rejects.toThrow()
  })

  test('waits for what a terminal has sent, and takes nothing more from it', async () => {
    const harness = await openHarness()
    const { handler, listener, sn } = harness
    handler.holdsUplinks = true
    const client = await rawClient(harness, 4)
    const publish = { cmd: 'publish', topic: `tg/1/${sn}/up`, qos: 1, dup: false } as const
    const rest = { retain: false, payload: Buffer.from('x') }
    client.send({ ...publish, ...rest, messageId: 1 })
    await waitFor(() => handler.uplinks.length === 1, { what: 'the uplink' })
    const drained = listener.drain()
    client.send({ ...publish, ...rest, messageId: 2 }, { cmd: 'pingreq' })
    await client.next('pingresp')
    handler.uplinks[0]!.answer({ ok: true })
    expect(await client.next('puback')).toMatchObject({ messageId: 1 })
    await drained
    expect(handler.uplinks).toHaveLength(1)
  })
})

describe('stopping', () => {
  test('closes everything at once and tells the handler once of each', async () => {
    const harness = await openHarness({ wss: { host: '127.0.0.1', port: 0 } })
    const { handler, listener } = harness
    handler.holdsUplinks = true
    const clients = await fleet(harness, 3)
    const silent = await rawSocket(harness)
    const [first] = clients
    first!.send({
      cmd: 'publish',
      topic: 'tg/1/SN-10/up',
      qos: 1,
      messageId: 1,
      dup: false,
      retain: false,
      payload: Buffer.from('x'),
    })
    await waitFor(() => handler.uplinks.length === 1, { what: 'the uplink' })
    await listener.stop()
    handler.uplinks[0]!.answer({ ok: true })
    for (const client of clients) {
      expect(await client.next('disconnect')).toMatchObject({ reasonCode: 0x8b })
    }
    await silent.closed()
    const ends = handler.events.filter((event) => event.startsWith('closed'))
    expect(ends.sort()).toEqual([0, 1, 2].map((index) => `closed SN-1${index} server-stopping`))
    expect(listener.sessionCount).toBe(0)
    await listener.stop()
  })

  test('does not wait for a peer that never hangs up', async () => {
    const harness = await openHarness({ limits: { closeMsMax: 200 } })
    const client = await rawClient(harness, 4)
    client.socket.pause()
    await harness.listener.stop()
    client.end()
  })
})

test('a port that is taken is told, and nothing stays open', async () => {
  const { listener } = await openHarness()
  const port = listener.ports.tls!
  await expect(
    openHarness({ tls: { host: '127.0.0.1', port: 0 }, wss: { host: '127.0.0.1', port } }),
  ).rejects.toThrow('EADDRINUSE')
})
