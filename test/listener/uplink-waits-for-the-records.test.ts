import { connectAsync } from 'mqtt'
import { describe, expect, test } from 'vitest'
import { waitFor } from '../ground/index.js'
import { openHarness } from './harness.js'
import type { Harness } from './harness.js'
import { rawClient } from './raw-client.js'
import type { RawClient } from './raw-client.js'

const publish = (sn: string, messageId: number, payload: string | Buffer = `n${messageId}`) =>
  ({
    cmd: 'publish',
    topic: `tg/1/${sn}/up`,
    qos: 1,
    messageId,
    dup: false,
    retain: false,
    payload,
  }) as const

const holding = async (version: 4 | 5): Promise<{ harness: Harness; client: RawClient }> => {
  const harness = await openHarness()
  harness.handler.holdsUplinks = true
  return { harness, client: await rawClient(harness, version) }
}

const pubacks = (client: RawClient): number[] =>
  client.packets.flatMap((one) => (one.cmd === 'puback' ? [one.messageId!] : []))

describe('PUBACK', () => {
  test('comes after the commit, and in arrival order', async () => {
    const { harness, client } = await holding(4)
    const { handler, sn } = harness
    client.send(publish(sn, 31), publish(sn, 12), publish(sn, 23))
    await waitFor(() => handler.uplinks.length === 3, { what: 'three uplinks' })
    handler.uplinks[2]!.answer({ ok: true })
    handler.uplinks[1]!.answer({ ok: true })
    client.send({ cmd: 'pingreq' })
    await client.next('pingresp')
    expect(pubacks(client)).toEqual([])
    handler.uplinks[0]!.answer({ ok: true })
    await waitFor(() => pubacks(client).length === 3, { what: 'three PUBACKs' })
    expect(pubacks(client)).toEqual([31, 12, 23])
  })

  test('carries the reason of a refusal on MQTT 5, and none on 3.1.1', async () => {
    for (const [version, reasonCode] of [
      [4, undefined],
      [5, 0x99],
    ] as const) {
      const { harness, client } = await holding(version)
      client.send(publish(harness.sn, 1))
      await waitFor(() => harness.handler.uplinks.length === 1, { what: 'the uplink' })
      harness.handler.uplinks[0]!.answer({ ok: false, code: 'MALFORMED' })
      expect((await client.next('puback')).reasonCode).toBe(reasonCode)
    }
  })

  test('never comes when the records fail: the session ends instead', async () => {
    const { harness, client } = await holding(5)
    const { handler, sn } = harness
    client.send(publish(sn, 1), publish(sn, 2))
    await waitFor(() => handler.uplinks.length === 2, { what: 'two uplinks' })
    handler.uplinks[1]!.answer({ ok: true })
    handler.uplinks[0]!.fail()
    expect(await client.next('disconnect')).toMatchObject({ reasonCode: 0x89 })
    await client.closed()
    expect(pubacks(client)).toEqual([])
    expect(handler.events.at(-1)).toBe(`closed ${sn} records-unavailable`)
  })
})

describe('a handler that stalls', () => {
  test('gets 16 at a time; the others wait, PINGREQ is answered', async () => {
    const { harness, client } = await holding(4)
    const { handler, sn } = harness
    for (let id = 1; id <= 40; id += 1) client.send(publish(sn, id))
    client.send({ cmd: 'pingreq' })
    await client.next('pingresp')
    expect(handler.uplinks).toHaveLength(16)
    handler.holdsUplinks = false
    for (const uplink of handler.uplinks.slice(0, 16)) uplink.answer({ ok: true })
    await waitFor(() => pubacks(client).length === 40, { what: 'forty PUBACKs' })
    expect(pubacks(client)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  })

  test('stops the reading when the hold is full, and nothing is lost by it', async () => {
    const { harness, client } = await holding(4)
    const { handler, sn } = harness
    const payload = Buffer.alloc(10_000, 'x')
    for (let id = 1; id <= 60; id += 1) client.send(publish(sn, id, payload))
    client.send({ cmd: 'pingreq' })
    await waitFor(() => handler.uplinks.length === 16, { what: 'sixteen uplinks' })
    handler.uplinks[0]!.answer({ ok: true })
    await client.next('puback')
    expect(client.packets.some((one) => one.cmd === 'pingresp')).toBe(false)
    handler.holdsUplinks = false
    for (const uplink of handler.uplinks.slice(1)) uplink.answer({ ok: true })
    await client.next('pingresp')
    await waitFor(() => pubacks(client).length === 59, { what: 'the other PUBACKs' })
    expect(handler.uplinks.every((one) => one.payload.length === payload.length)).toBe(true)
  })

  test('does not cost a session its keep-alive, also where MQTT.js ignores Receive Maximum', async () => {
    const harness = await openHarness()
    const { handler, listener, sn } = harness
    handler.holdsUplinks = true
    const client = await connectAsync(`mqtts://127.0.0.1:${listener.ports.tls!}`, {
      key: harness.terminal.key,
      cert: harness.terminal.cert,
      rejectUnauthorized: false,
      clientId: sn,
      protocolVersion: 5,
      keepalive: 1,
      reconnectPeriod: 0,
    })
    let pings = 0
    client.on('packetreceive', (packet) => (pings += packet.cmd === 'pingresp' ? 1 : 0))
    const published = Array.from({ length: 30 }, (_, index) =>
      client.publishAsync(`tg/1/${sn}/up`, `n${index}`, { qos: 1 }),
    )
    await waitFor(() => pings >= 2, { what: 'two PINGRESP' })
    expect(handler.uplinks).toHaveLength(16)
    handler.holdsUplinks = false
    for (const uplink of handler.uplinks.slice(0, 16)) uplink.answer({ ok: true })
    await Promise.all(published)
    await client.endAsync()
  })

  test('for longer than its limit ends the session', async () => {
    const harness = await openHarness({ limits: { stalledMsMax: 200, heldBytesMax: 1_000 } })
    const { handler, sn } = harness
    handler.holdsUplinks = true
    const client = await rawClient(harness, 5)
    for (let id = 1; id <= 30; id += 1) client.send(publish(sn, id, Buffer.alloc(200)))
    expect(await client.next('disconnect')).toMatchObject({ reasonCode: 0x89 })
    await client.closed()
    expect(handler.events.at(-1)).toBe(`closed ${sn} records-unavailable`)
  })
})
