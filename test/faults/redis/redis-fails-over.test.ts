import { afterAll, beforeAll, expect } from 'vitest'
import { hasRedis, redisPrograms, startSentinel, testWith } from '../../ground/index.js'
import type { SentinelGroup } from '../../ground/index.js'
import { untilWell } from '../../contract/coordination/fleet.js'
import { openPair, until, untilCalled, untilNudged, untilSeen, upTo } from './scene.js'

let group: SentinelGroup

beforeAll(async () => {
  if (hasRedis()) group = await startSentinel()
})
afterAll(() => group?.stop())

const patience = 60_000

testWith(
  redisPrograms,
  'a failover that Sentinel was ordered to make loses nobody',
  async () => {
    const { a, b } = await openPair(group.url)
    for (const id of upTo(500)) a.coordination.own(id, 1)
    await untilSeen(b, upTo(500))
    const missed = b.missed()
    await group.failover()
    for (const id of upTo(600, 501)) a.coordination.own(id, 1)
    await until('everything to be looked at', () => b.missed() > missed)
    await untilWell(a, b)
    await untilSeen(b, upTo(600))
    await untilNudged(b, a, 600)
    await untilCalled(b, a)
    await untilCalled(a, b)
  },
  patience,
)

testWith(
  redisPrograms,
  'a failover that loses what was written last loses nobody either',
  async () => {
    const { a, b, prefix } = await openPair(group.url)
    for (const id of upTo(500)) a.coordination.own(id, 1)
    await untilSeen(b, upTo(500))
    const old = await group.master()
    const [replica] = await group.replicas()
    await until('the replica to follow', async () =>
      ((await replica?.ask('info', 'replication')) ?? '').includes('master_link_status:up'),
    )
    // From here on the replica is refused by its master, and hears no more.
    await replica?.ask('config', 'set', 'masteruser', 'nobody')
    await replica?.ask('config', 'set', 'masterauth', 'nothing')
    await old.ask('client', 'kill', 'type', 'replica')
    await old.ask('set', `${prefix}:tail`, 'written', 'px', '60000')
    for (const id of upTo(1_000, 501)) a.coordination.own(id, 1)
    await untilSeen(b, upTo(1_000))
    const missed = [a.missed(), b.missed()]
    await old.kill()
    const promoted = await group.failedOver(old)
    expect(await promoted.ask('get', `${prefix}:tail`)).toBe('')
    await until(
      'everything to be looked at',
      () => a.missed() > missed[0]! && b.missed() > missed[1]!,
    )
    await untilWell(a, b)
    await untilSeen(b, upTo(1_000))
    await untilNudged(b, a, 1_000)
    await untilCalled(b, a)
    await untilCalled(a, b)
  },
  patience,
)
