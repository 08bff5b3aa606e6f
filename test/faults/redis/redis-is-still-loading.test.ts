import { redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { freshPrefix, redisNode, serversOf, untilWell } from '../../contract/coordination/fleet.js'
import { expectBounded, openPair, untilCalled, untilNudged, untilSaid, untilSeen } from './scene.js'

// 3,000 keys of which each takes it a millisecond.
const slow = ['--key-load-delay', '1000', '--loading-process-events-interval-bytes', '1024']

testWith(
  redisPrograms,
  'a server that is still loading is waited for, and named',
  async (context) => {
    const server = await startRedis({ settings: slow })
    context.onTestFinished(() => server.kill())
    const { a, b } = await openPair(server.url)
    a.coordination.own(1, 1)
    await untilSeen(b, [1])
    await server.ask('debug', 'populate', '3000', 'k', '200')
    await server.ask('save')
    await server.kill()
    await server.start()
    const [servers, prefix] = [serversOf(server.url), freshPrefix()]
    const late = redisNode({ name: 'late', servers, prefix })
    await untilSaid(late, 'is still loading its data')
    await untilSaid(a, 'is still loading its data')
    await expectBounded(a)
    await untilWell(a, b, late)
    await untilSeen(b, [1])
    await untilNudged(b, a, 1)
    await untilCalled(b, a)
    await untilCalled(a, b)
  },
)
