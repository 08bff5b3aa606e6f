import { generate } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { openHarness } from './harness.js'
import { connectPacket, rawClient, rawSocket } from './raw-client.js'

const sn = 'SN-0001'
const publish = (changes: object): Packet =>
  ({
    cmd: 'publish',
    topic: `tg/1/${sn}/up`,
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
    payload: Buffer.from('x'),
    ...changes,
  }) as Packet

const hex = (packet: Packet, version: 4 | 5): string =>
  generate(packet, { protocolVersion: version }).toString('hex')

const forbidden: readonly (readonly [string, (version: 4 | 5) => string, number, string])[] = [
  ['QoS 2', (v) => hex(publish({ qos: 2 }), v), 0x9b, 'protocol-error'],
  ['RETAIN', (v) => hex(publish({ retain: true }), v), 0x9a, 'protocol-error'],
  ['a foreign topic', (v) => hex(publish({ topic: 'tg/1/SN-2/up' }), v), 0x87, 'not-authorized'],
  ['the down topic', (v) => hex(publish({ topic: `tg/1/${sn}/down` }), v), 0x87, 'not-authorized'],
  ['$SYS', (v) => hex(publish({ topic: '$SYS/x' }), v), 0x87, 'not-authorized'],
  ['a second CONNECT', (v) => hex(connectPacket({ sn }, v), v), 0x82, 'protocol-error'],
  [
    'a second CONNECT, of a level that nobody speaks',
    () => '100d00044d5154540602003c000161',
    0x82,
    'protocol-error',
  ],
  ['a packet id of 0', () => '32050001610000', 0x82, 'protocol-error'],
  ['invalid UTF-8', () => '30030001ff', 0x81, 'protocol-error'],
  ['a reserved type', () => '0000', 0x82, 'protocol-error'],
  ['a fifth length byte', () => '30ffffffff01', 0x81, 'protocol-error'],
  ['64 KiB and a byte', () => '30feff03', 0x95, 'packet-too-large'],
]

describe.each([4, 5] as const)('after CONNECT, version %i', (version) => {
  test.each(forbidden)('%s ends the session', async (_what, bytes, reasonCode, reason) => {
    const harness = await openHarness()
    const client = await rawClient(harness, version)
    client.write(bytes(version))
    await client.closed()
    const said = client.packets.map((one) => (one.cmd === 'disconnect' ? one.reasonCode : one.cmd))
    expect(said).toEqual(version === 5 ? [reasonCode] : [])
    expect(harness.handler.uplinks).toEqual([])
    expect(harness.handler.events.at(-1)).toBe(`closed ${sn} ${reason}`)
  })

  test('64 KiB are taken', async () => {
    const harness = await openHarness()
    const client = await rawClient(harness, version)
    const overhead = generate(publish({ payload: '' }), { protocolVersion: version }).length + 2
    client.send(publish({ payload: Buffer.alloc(65_536 - overhead) }))
    await client.next('puback')
  })

  test("another terminal's topics can't be subscribed; it stays", async () => {
    const harness = await openHarness()
    const client = await rawClient(harness, version)
    const topics = [`tg/1/${sn}/down`, 'tg/1/SN-2/down', '#', 'tg/1/+/down', `tg/1/${sn}/up`]
    const subscriptions = topics.map((topic) => ({ topic, qos: 2 as const }))
    client.send({ cmd: 'subscribe', messageId: 5, subscriptions })
    const { granted } = await client.next('suback')
    const refused = version === 4 ? [0x80, 0x80, 0x80, 0x80] : [0x87, 0xa2, 0xa2, 0x87]
    expect(granted).toEqual([1, ...refused])
    client.send({ cmd: 'pingreq' })
    await client.next('pingresp')
  })
})

describe('before CONNECT', () => {
  test.each([
    ['PUBLISH', hex(publish({}), 4)],
    ['PINGREQ', 'c000'],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n').toString('hex')],
    ['4 KiB and a byte', '10fe1f'],
    ['an announcement of 256 MB', '10ffffff7f'],
  ])('%s closes without a word', async (_what, bytes) => {
    const harness = await openHarness()
    const client = await rawSocket(harness)
    client.write(bytes)
    await client.closed()
    expect(client.packets).toEqual([])
    expect(harness.handler.requests).toEqual([])
  })

  test('a level that nobody speaks is told so', async () => {
    const harness = await openHarness()
    const old = await rawSocket(harness)
    old.write('101400064d51497364700302003c0006616263646566')
    expect(await old.next('connack')).toMatchObject({ returnCode: 1 })
    const future = await rawSocket(harness, { version: 5 })
    future.write('100f00044d5154540602003c000361626300'.slice(0, 34))
    expect(await future.next('connack')).toMatchObject({ reasonCode: 0x84 })
  })
})

describe('a will', () => {
  const own = {
    topic: `tg/1/${sn}/state`,
    payload: Buffer.from('w'),
    qos: 0,
    retain: false,
  } as const
  test.each([
    ['to another topic', { ...own, topic: 'tg/1/SN-2/state' }, 5, 0x87],
    ['to its up topic', { ...own, topic: `tg/1/${sn}/up` }, 5, 0x87],
    ['retained', { ...own, retain: true }, 5, 0x9a],
    ['at QoS 2', { ...own, qos: 2 as const }, 5, 0x9b],
    ['above 1 KiB', { ...own, payload: Buffer.alloc(1_025) }, 5, 0x97],
  ])('%s is refused with its CONNECT', async (_what, will, returnCode, reasonCode) => {
    const harness = await openHarness()
    for (const version of [4, 5] as const) {
      const client = await rawSocket(harness, { version })
      client.send(connectPacket({ sn }, version, { will }))
      const said = version === 4 ? { returnCode } : { reasonCode }
      expect(await client.next('connack')).toMatchObject(said)
      await client.closed()
    }
    expect(harness.handler.events).toEqual([])
  })
})
