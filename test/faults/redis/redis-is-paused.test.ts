// A server that is stopped and not gone: its connections stay open, and nothing on them is answered.
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

const pausedMs = 10_000

testWith(
  redisPrograms,
  'nobody waits for a server that is paused for ten seconds, and all is known when it wakes',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const { a, b } = await openPair(server.url)
    const leases = [a, b].map(({ coordination }) => coordination.lease('sweep'))
    const holders = (): number => leases.filter((lease) => lease.held()).length
    await until('a holder', () => holders() === 1)

    server.pause()
    const wakes = performance.now() + pausedMs
    // At first nobody knows: every question takes its time, and no more.
    await expectBounded(a)
    for (let i = 0; i < 20_000; i++) b.coordination.tell(lane(i))
    for (const id of upTo(3_000)) a.coordination.own(id, 1)
    await untilSaid(a, 'has not answered')
    await untilSaid(b, 'has not answered')
    expect(b.coordination.counts().noticesDropped).toBeGreaterThan(0)
    // Longer than a lease lasts: work done twice is better than none.
    await until('everybody to hold the lease', () => holders() === 2)
    while (performance.now() < wakes) {
      await expectBounded(a)
      await expectBounded(b)
      await pause(200)
    }
    server.resume()

    await untilWell(a, b)
    await untilSeen(b, upTo(3_000))
    await untilNudged(b, a, 3_000)
    await untilCalled(b, a)
    await untilCalled(a, b)
    await until('one holder', () => holders() === 1)
  },
  45_000,
)
