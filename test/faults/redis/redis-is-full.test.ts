import { redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { untilWell } from '../../contract/coordination/fleet.js'
import { expectBounded, openPair, untilNudged, untilSaid, untilSeen } from './scene.js'

testWith(
  redisPrograms,
  'a server without memory is named, and used again once it has some',
  async (context) => {
    const server = await startRedis({ settings: ['--maxmemory-policy', 'noeviction'] })
    context.onTestFinished(() => server.kill())
    const { a, b } = await openPair(server.url)
    a.coordination.own(1, 1)
    await untilSeen(b, [1])
    await server.ask('config', 'set', 'maxmemory', '1')
    await untilSaid(a, 'is full (maxmemory)')
    await untilSaid(b, 'is full (maxmemory)')
    await expectBounded(a)
    a.coordination.own(2, 1)
    await server.ask('config', 'set', 'maxmemory', '0')
    await untilWell(a, b)
    await untilSeen(b, [1, 2])
    await untilNudged(b, a, 2)
  },
)
