import { redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { untilWell } from '../../contract/coordination/fleet.js'
import { expectBounded, openPair, until, untilNudged, untilSaid } from './scene.js'

testWith(
  redisPrograms,
  'a server that becomes a replica is named, and used again as a master',
  async (context) => {
    const [server, other] = [await startRedis(), await startRedis()]
    context.onTestFinished(async () => {
      await server.kill()
      await other.kill()
    })
    const { a, b } = await openPair(server.url)
    await server.ask('replicaof', '127.0.0.1', other.port)
    await untilSaid(a, 'is a replica')
    await untilSaid(b, 'is a replica')
    await until('both to see it', () =>
      [a, b].every(({ coordination }) => !coordination.counts().reachable),
    )
    await expectBounded(a)
    await server.ask('replicaof', 'no', 'one')
    await untilWell(a, b)
    a.coordination.own(1, 1)
    await untilNudged(b, a, 1)
  },
)
