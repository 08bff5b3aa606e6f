import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../ground/index.js'
import { GoodTerminal } from './good-terminal.js'
import { HostileSession, type EnvelopeTally } from './hostile-session.js'
import { HostileTerminal, type Tally } from './hostile-terminal.js'
import { Tickets, type Way } from './lines.js'
import { startNode, type NodeProcess } from './node-process.js'
import { chanceOf, seed } from './seed.js'
import { openSlowLoris, type SlowLoris } from './slow-loris.js'
import type { Version } from './valid-packets.js'

const ways: readonly (readonly [Way, Version, number])[] = [
  ['tls', 4, 4_000],
  ['tls', 5, 4_000],
  ['wss', 4, 2_000],
  ['wss', 5, 2_000],
]
const envelopes: readonly (readonly [Version, number])[] = [
  [5, 40_000],
  [4, 28_000],
]
const terminalsEach = 4
const growthBytesMax = 32 * 1_024 * 1_024
/** As the core's limits have it. */
const alarmsPerMinuteMax = 30
const minuteMs = 60_000
/** Of a busy machine. */
const patienceMs = 60_000

let node: NodeProcess
let good: readonly GoodTerminal[]
let slow: SlowLoris
let began: number
const tickets = new Tickets()

beforeAll(async () => {
  node = await startNode()
  good = await Promise.all([
    GoodTerminal.open(node, 'GOOD-5', 5),
    GoodTerminal.open(node, 'GOOD-4', 4),
  ])
  slow = await openSlowLoris(node, await node.stranger('SLOW'))
  began = performance.now()
}, 60_000)

afterAll(async () => {
  slow.end()
  await node.stop()
}, 60_000)

type Counts = Awaited<ReturnType<typeof node.ask<'counts'>>>

const refusedIn = ({ refusedUplinks }: Counts): number =>
  [...refusedUplinks.values()].reduce((sum, count) => sum + count, 0)

const spoilPackets = async (way: Way, version: Version, packets: number): Promise<Tally> => {
  const tally: Tally = { packets: 0, conversations: 0, acknowledged: 0 }
  const storm = async (index: number): Promise<void> => {
    const sn = `BAD-${way}-${String(version)}-${String(index)}-${String(packets)}`
    const stranger = await node.stranger(sn)
    const about = { door: node, stranger, way, version }
    const terminal = new HostileTerminal(about, tickets, chanceOf(sn))
    await terminal.spoil(packets / terminalsEach, tally)
  }
  await Promise.all(Array.from({ length: terminalsEach }, (_, index) => storm(index)))
  return tally
}

const spoilEnvelopes = async (version: Version, count: number): Promise<EnvelopeTally> => {
  const tally: EnvelopeTally = { sent: 0, unjust: 0, taken: 0, lies: 0 }
  const storm = async (index: number): Promise<void> => {
    const sn = `LIAR-${String(version)}-${String(index)}-${String(count)}`
    const stranger = await node.stranger(sn)
    const command = await node.ask('order', { sn })
    const about = { door: node, stranger, version }
    const session = await HostileSession.open(about, command, chanceOf(sn))
    await session.spoil(count / terminalsEach, tally)
    session.end()
  }
  await Promise.all(Array.from({ length: terminalsEach }, (_, index) => storm(index)))
  return tally
}

interface State {
  readonly memory: NodeJS.MemoryUsage
  readonly timers: number
  readonly sockets: number
}

/** Once no refusal comes after: that of a client which has gone away may wait for its alarm's COMMIT. */
const refusedAtRest = async (): Promise<number> => {
  await waitFor(async () => (await node.ask('counts')).sessions.connected === good.length, {
    what: 'the end of every other session',
    timeoutMs: patienceMs,
  })
  let before = -1
  let refused = refusedIn(await node.ask('counts'))
  while (refused !== before) {
    await setTimeout(500)
    before = refused
    refused = refusedIn(await node.ask('counts'))
  }
  return refused
}

/** Once nobody but the good ones is connected. */
const atRest = async (): Promise<State> => {
  await waitFor(async () => (await node.ask('counts')).sessions.connected === good.length, {
    what: 'the end of every other session',
    timeoutMs: patienceMs,
  })
  await waitFor(async () => socketsIn(await node.ask('resources')) <= good.length, {
    what: 'the end of every other socket',
    timeoutMs: patienceMs,
  })
  const resources = await node.ask('resources')
  return {
    memory: await node.ask('memory'),
    timers: resources.get('Timeout') ?? 0,
    sockets: socketsIn(resources),
  }
}

const socketsIn = (resources: ReadonlyMap<string, number>): number =>
  resources.get('TCPSocketWrap') ?? 0

describe(`a node in a process of its own (seed ${seed})`, () => {
  let before: State

  test('is warm', async () => {
    for (const [way, version] of ways) await spoilPackets(way, version, 400)
    for (const [version] of envelopes) await spoilEnvelopes(version, 4_000)
    await waitFor(() => slow.closed() === slow.count, {
      what: 'the slow ones',
      timeoutMs: patienceMs,
    })
    before = await atRest()
  }, 300_000)

  test.each(ways)(
    'over %s, MQTT version %i: %i spoiled packets cost one connection each, and no more is acknowledged than is right',
    async (way, version, packets) => {
      const tally = await spoilPackets(way, version, packets)
      expect(tally.packets).toBeGreaterThanOrEqual(packets)
      expect(tally.acknowledged).toBeGreaterThan(0)
      expect(node.runs).toBe(true)
    },
    300_000,
  )

  test.each(envelopes)(
    'after a valid Hello, MQTT version %i: of %i spoiled envelopes none is taken that is not authentic',
    async (version, count) => {
      const refusedBefore = await refusedAtRest()
      const tally = await spoilEnvelopes(version, count)
      const refused = (await refusedAtRest()) - refusedBefore
      expect(tally.sent).toBeGreaterThanOrEqual(count)
      expect(tally.unjust).toBeGreaterThan(count / 3)
      expect(refused).toBeGreaterThanOrEqual(tally.unjust)
      // Who is told the reason is told the truth.
      if (version === 5) expect(tally.sent - tally.taken).toBe(refused)
    },
    300_000,
  )

  test('is as it was: no session, socket or timer is left, and its memory has not grown by 32 MB', async () => {
    const after = await atRest()
    expect(await node.ask('complaints')).toEqual([])
    expect((await node.ask('counts')).link.get('faults')).toBeUndefined()
    expect(after.sockets).toBe(good.length)
    expect(after.timers).toBeLessThanOrEqual(before.timers + 2)
    const grown = (of: keyof NodeJS.MemoryUsage): number => after.memory[of] - before.memory[of]
    expect(grown('heapUsed') + grown('external')).toBeLessThan(growthBytesMax)
    expect(grown('rss')).toBeLessThan(growthBytesMax)
  }, 180_000)

  test('has no more alarms in its ledger than the minutes allow', async () => {
    const minutes = Math.floor((performance.now() - began) / minuteMs) + 2
    let alarms = 0
    for (const [key, count] of await node.ask('events')) {
      if (!key.startsWith('alarm.')) continue
      alarms += count
      expect(count, key).toBeLessThanOrEqual(alarmsPerMinuteMax * minutes)
    }
    expect(alarms).toBeGreaterThan(0)
  })

  test('answered every PINGREQ of the well-behaved terminals, and had their commands done', async () => {
    for (const one of good) {
      await one.stop()
      expect(one.pings).toBeGreaterThan(20)
      expect(one.commands).toBeGreaterThan(20)
    }
  })
})
