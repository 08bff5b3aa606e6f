import { expect } from 'vitest'
import { pause, redisPrograms, startCluster, testWith } from '../../ground/index.js'
import { untilWell } from '../../contract/coordination/fleet.js'
import { openPair, until, untilCalled, untilNudged, untilSeen, upTo } from './scene.js'

testWith(
  redisPrograms,
  'each node of a cluster may be killed in its turn, and all is known when it is back',
  async (context) => {
    const cluster = await startCluster()
    context.onTestFinished(() => cluster.stop())
    const { a, b } = await openPair(cluster.url)
    for (const id of upTo(600)) a.coordination.own(id, 1)
    await untilSeen(b, upTo(600))
    for (const [n, server] of cluster.servers.entries()) {
      await server.kill()
      await until('somebody to miss it', async () => {
        const online = await b.coordination.online(upTo(600))
        return online === undefined
      })
      const begin = performance.now()
      a.coordination.own(601 + n, 1)
      expect(performance.now() - begin).toBeLessThan(100)
      // To look at everything is work: a node that stays away is news once.
      const missed = b.missed()
      await pause(1_000)
      expect(b.missed() - missed).toBeLessThanOrEqual(2)
      await server.start()
      await untilWell(a, b)
      await untilSeen(b, upTo(601 + n))
      await untilNudged(b, a, 601 + n)
      await untilCalled(b, a)
      await untilCalled(a, b)
    }
  },
  60_000,
)
