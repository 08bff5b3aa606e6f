import { expect } from 'vitest'
import { redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { openPair, until, untilNudged, untilSeen, upTo } from './scene.js'

testWith(
  redisPrograms,
  'a flushed server is told everything again, and everything is looked at',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const { a, b } = await openPair(server.url)
    for (const id of upTo(2_000)) a.coordination.own(id, 1)
    b.coordination.own(2_001, 1)
    const lease = a.coordination.lease('sweep')
    await until('the lease', () => lease.held())
    await untilSeen(b, upTo(2_001))
    const missed = [a.missed(), b.missed()]
    await server.flush()
    await until(
      'everything to be looked at',
      () => a.missed() > missed[0]! && b.missed() > missed[1]!,
    )
    await untilSeen(b, upTo(2_001))
    await untilSeen(a, upTo(2_001))
    await untilNudged(b, a, 1)
    await untilNudged(a, b, 2_001)
    await until('the lease', () => lease.held())
    expect([a, b].map(({ coordination }) => coordination.health().ok)).toEqual([true, true])
  },
)

testWith(
  redisPrograms,
  'a write lost without any sign is made good by the slow announcement',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const { a, b, prefix } = await openPair(server.url)
    for (const id of upTo(300)) a.coordination.own(id, 1)
    await untilSeen(b, upTo(300))
    for (const bucket of [7, 8, 9]) await server.ask('del', `${prefix}:own:{${String(bucket)}}`)
    await untilSeen(b, upTo(300))
    expect(a.coordination.health().ok).toBe(true)
  },
)
