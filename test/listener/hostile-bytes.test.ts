import { generate, parser } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { readPacket } from '../../gateway/src/adapters/link/listener/packets/read-packet.js'
import { waitFor } from '../ground/index.js'
import { ground, settled, sn } from './dead-wire.js'
import type { DeadWire } from './dead-wire.js'
import { openHarness } from './harness.js'
import { chance, connectOf, mutated, packetsOf } from './mutations.js'
import { rawSocket } from './raw-client.js'

const versions = [4, 5] as const
/** Change it to try others; a failure names its round. */
const seed = 20_260_101

const inPieces = (wire: DeadWire, bytes: Buffer, below: (limit: number) => number): void => {
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + below(bytes.length)
    wire.feed(bytes.subarray(at, end))
    at = end
  }
}

describe.each(versions)('20,000 spoiled packets, version %i', (version) => {
  const packets = packetsOf(sn, version)

  test('before CONNECT: nothing breaks, nobody gets in by accident', async () => {
    const { handler, complaints, open } = ground()
    const below = chance(seed + version)
    for (let round = 0; round < 10_000; round += 1) {
      const wire = open()
      inPieces(wire, mutated(packets, below).bytes, below)
      if (round % 50 === 0) await settled()
      wire.destroy()
      if (complaints.length > 0) expect(complaints, `round ${round}`).toEqual([])
    }
    expect(new Set(handler.requests.map((one) => one.clientId)).size).toBeGreaterThan(1)
    expect(handler.events.every((one) => !one.startsWith('opened') || one === `opened ${sn}`)).toBe(
      true,
    )
  })

  test('after CONNECT: nothing breaks, every session that opened is closed once', async () => {
    const { handler, parts, complaints, open } = ground()
    const below = chance(seed * 3 + version)
    const connect = generate(connectOf(sn, version), { protocolVersion: version })
    let wire = open()
    for (let round = 0; round < 10_000; round += 1) {
      if (wire.isClosed) {
        wire = open()
        wire.feed(connect)
        await settled()
      }
      inPieces(wire, mutated(packets, below).bytes, below)
      if (round % 20 === 0) await settled()
      // A packet that announces more than it brings swallows what follows; not for ever.
      if (below(20) === 0) wire.destroy()
      if (complaints.length > 0) expect(complaints, `round ${round}`).toEqual([])
    }
    wire.destroy()
    await settled()
    const count = (word: string): number =>
      handler.events.filter((event) => event.startsWith(word)).length
    expect(count('opened')).toBeGreaterThan(500)
    expect(count('closed')).toBe(count('opened'))
    expect(parts.sessions.size).toBe(0)
    expect(parts.counters.of('faults')).toBe(0)
  })

  test('what our reader takes, mqtt-packet reads in the same way', () => {
    const below = chance(seed * 7 + version)
    let taken = 0
    for (let round = 0; round < 20_000; round += 1) {
      const { bytes, isWhole } = mutated(packets, below)
      if (!isWhole) continue
      const ours = readPacket(bytes, version)
      if (!ours.ok) continue
      taken += 1
      expect(summary(theirReading(bytes, version)), bytes.toString('hex')).toEqual(
        summary(ours.packet),
      )
    }
    expect(taken).toBeGreaterThan(2_000)
  })
})

const theirReading = (bytes: Buffer, version: 4 | 5): object => {
  const theirs = parser({ protocolVersion: version })
  const read: Packet[] = []
  theirs.on('packet', (packet) => read.push(packet))
  theirs.on('error', () => undefined)
  theirs.parse(bytes)
  return read.length === 1 ? read[0]! : { cmd: `${read.length} packets` }
}

test('a bug costs the one connection that it is on, and is told', async () => {
  const { handler, parts, complaints, open } = ground()
  handler.registered.set('00'.repeat(32), 'not a serial number')
  const wire = open()
  wire.feed(generate(connectOf('not a serial number', 5)))
  await settled()
  expect(wire.isClosed).toBe(true)
  expect(parts.counters.of('faults')).toBe(1)
  expect(complaints).toMatchObject([{ message: 'a connection failed' }])
  expect(handler.events).toEqual([])
})

/** What decides: the same words for both readings. */
const summary = (packet: object): object => {
  const p = packet as Record<string, unknown>
  const will = p['will'] as Record<string, unknown> | undefined
  const text = (bytes: unknown): string => Buffer.from((bytes ?? '') as Uint8Array).toString('hex')
  const requests = (p['requests'] ?? p['subscriptions']) as
    readonly Record<string, unknown>[] | undefined
  return {
    cmd: p['cmd'],
    topic: p['topic'] ?? undefined,
    qos: p['cmd'] === 'publish' ? p['qos'] : undefined,
    retain: p['cmd'] === 'publish' ? p['retain'] : undefined,
    packetId: p['packetId'] ?? p['messageId'],
    payload: text(p['payload']),
    clientId: p['clientId'],
    version: p['version'] ?? p['protocolVersion'],
    keepAlive: p['keepAliveS'] ?? p['keepalive'],
    will: will && [will['topic'], will['qos'], will['retain'], text(will['payload'])],
    requests: requests?.map((one) => [one['filter'] ?? one['topic'], one['qos']]),
    filters: p['filters'] ?? p['unsubscriptions'],
    reason: p['reason'] ?? p['reasonCode'] ?? 0,
  }
}

test('over real sockets a listener survives the same, and goes on serving', async () => {
  const harness = await openHarness()
  const below = chance(seed)
  const sockets = Array.from({ length: 60 }, async (_, index) => {
    const version = index % 2 === 0 ? 4 : 5
    const client = await rawSocket(harness, { version })
    if (index % 3 > 0) client.send(connectOf(sn, version))
    const packets = packetsOf(sn, version)
    for (let count = 0; count < 30; count += 1) client.write(mutated(packets, below).bytes)
    client.socket.end()
    await client.closed()
  })
  await Promise.all(sockets)
  await waitFor(() => harness.listener.sessionCount === 0, { what: 'all to be gone' })
  expect(harness.listener.counters().get('faults')).toBeUndefined()
  const client = await rawSocket(harness, { version: 5 })
  client.send(connectOf(sn, 5))
  expect(await client.next('connack')).toMatchObject({ reasonCode: 0 })
})
