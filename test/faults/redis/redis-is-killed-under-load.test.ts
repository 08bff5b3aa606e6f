import { expect } from 'vitest'
import { pause, redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { untilWell } from '../../contract/coordination/fleet.js'
import {
  expectBounded,
  lane,
  openPair,
  until,
  untilCalled,
  untilNudged,
  untilSaid,
  untilSeen,
  upTo,
} from './scene.js'

testWith(
  redisPrograms,
  'all is known again after a server was killed under load',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const { a, b } = await openPair(server.url)

    let loaded = true
    let next = 0
    const load = (async () => {
      while (loaded) {
        for (let i = 0; i < 40; i++) {
          next++
          a.coordination.own(next, 1)
          b.coordination.tell(lane(1 + (next % 500)))
          b.coordination.call('committed')
        }
        await pause(4)
      }
    })()
    const missed = [a.missed(), b.missed()]
    await until('load', () => next > 2_000)
    await server.kill()
    await untilSaid(a, 'cannot be reached')
    await untilSaid(b, 'cannot be reached')
    expect(a.coordination.counts().reachable).toBe(false)
    await expectBounded(a)
    await expectBounded(b)
    await server.start()
    await untilWell(a, b)
    loaded = false
    await load

    await untilSeen(b, upTo(next))
    await untilNudged(b, a, next)
    await untilCalled(b, a)
    await untilCalled(a, b)
    await until(
      'everything to be looked at',
      () => a.missed() > missed[0]! && b.missed() > missed[1]!,
    )
    expect(b.coordination.counts().noticesDropped).toBeGreaterThan(0)
  },
)
