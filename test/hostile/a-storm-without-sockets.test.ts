import { describe, expect, test } from 'vitest'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { pause } from '../ground/index.js'
import { ground, settled, sn } from '../listener/dead-wire.js'
import { conversation, moments, onItsWay, type Conversation } from './conversations.js'
import { HearingWire } from './hearing-wire.js'
import { chanceOf, seed } from './seed.js'
import { grammarOf, type Version } from './valid-packets.js'

/** Of each version at each of the three moments. */
const packetsEach = 20_000
const singleBytesMax = 256
const growthBytesMax = 16 * 1_024 * 1_024

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Buffers are given back a turn after they were collected. */
const memory = async (): Promise<number> => {
  collect()
  await pause(0)
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

type Ground = ReturnType<typeof ground>

/** What the handler was told of this conversation; its last word may be the will. */
const uplinksOf = ({ handler }: Ground, { judge }: Conversation) => {
  const uplinks = handler.uplinks.map(({ channel, payload }) => ({
    channel,
    payload: Buffer.from(payload).toString('hex'),
  }))
  const justified = judge.justified.map(({ channel, payload }) => ({
    channel,
    payload: payload.toString('hex'),
  }))
  const last = uplinks.at(-1)
  const isWill =
    uplinks.length > 0 &&
    last?.channel === 'state' &&
    last.payload === judge.will?.toString('hex') &&
    handler.events.at(-2)?.startsWith('state') === true
  return { uplinks: isWill ? uplinks.slice(0, -1) : uplinks, justified }
}

const assertJust = (on: Ground, wire: HearingWire, said: Conversation, version: Version): void => {
  const { handler } = on
  const { judge, due, story } = said
  const opened = handler.events.filter((event) => event === `opened ${sn}`).length
  const closed = handler.events.filter((event) => event.startsWith(`closed ${sn}`)).length
  if (opened > (judge.mayOpen ? 1 : 0)) expect(opened, `${story}: a session`).toBe(0)
  expect(closed, `${story}: closed as often as opened`).toBe(opened)
  const { uplinks, justified } = uplinksOf(on, said)
  expect(uplinks, `${story}: heard`).toEqual(justified.slice(0, uplinks.length))
  expect(uplinks.length, `${story}: what stood before it`).toBeGreaterThanOrEqual(due)
  const ids = judge.justified.slice(0, uplinks.length).flatMap(({ packetId }) => packetId ?? [])
  const acknowledged = wire
    .heard(version)
    .flatMap((packet) => (packet.cmd === 'puback' ? (packet.messageId ?? 0) : []))
  expect(acknowledged, `${story}: acknowledged`).toEqual(ids.slice(0, acknowledged.length))
}

const storm = async (version: Version, moment: (typeof moments)[number], packets: number) => {
  const on = ground()
  const below = chanceOf(`without sockets/${String(version)}/${moment}`)
  const grammar = grammarOf(sn, version, below)
  const tally = { sent: 0, opened: 0, acknowledged: 0 }
  let before = 0
  while (tally.sent < packets) {
    const said = conversation(grammar, moment, below)
    const wire = new HearingWire()
    on.open(wire)
    for (const piece of onItsWay(said, below, singleBytesMax)) wire.feed(piece)
    await settled()
    wire.destroy()
    await settled()
    assertJust(on, wire, said, version)
    tally.sent += said.spoiled.length
    tally.opened += on.handler.events.filter((event) => event.startsWith('opened')).length
    tally.acknowledged += on.handler.uplinks.length
    for (const list of [on.handler.events, on.handler.uplinks, on.handler.requests]) list.length = 0
    if (before === 0 && tally.sent > packets / 4) before = await memory()
  }
  return { on, tally, grown: (await memory()) - before }
}

describe.each([4, 5] as const)('without sockets, MQTT version %i', (version) => {
  test.each(moments)(
    `${packetsEach.toLocaleString('en')} spoiled packets %s break nothing, and nothing is acknowledged that is not right (seed ${seed})`,
    async (moment) => {
      const { on, tally, grown } = await storm(version, moment, packetsEach)
      expect(on.complaints).toEqual([])
      expect(on.parts.counters.of('faults')).toBe(0)
      expect(on.parts.sessions.size).toBe(0)
      expect(on.timers.armed).toBe(0)
      expect(grown).toBeLessThan(growthBytesMax)
      // The storm was one: doors were opened, and some of what was said was right.
      expect(tally.opened).toBeGreaterThan(moment === 'before CONNECT' ? 10 : 1_000)
      expect(tally.acknowledged).toBeGreaterThan(moment === 'before CONNECT' ? 0 : 500)
    },
    180_000,
  )
})
