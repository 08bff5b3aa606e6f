import { expect } from 'vitest'
import { redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { freshPrefix, redisNode, serversOf, untilWell } from '../../contract/coordination/fleet.js'
import type { Clock } from '@tillgate/gateway'
import { reasonsOf, untilSaid } from './scene.js'

const clockAhead = (aheadMs: number): Clock => ({
  now: () => Date.now() + aheadMs,
  monotonic: () => performance.now(),
})

testWith(
  redisPrograms,
  'clocks that are more than a minute apart are named with both their owners',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const [servers, prefix] = [serversOf(server.url), freshPrefix()]
    const right = redisNode({ name: 'right', servers, prefix, clock: clockAhead(20_000) })
    await untilWell(right)
    const late = redisNode({ name: 'late', servers, prefix, clock: clockAhead(-50_000) })
    await untilSaid(late, 'the clock of node late is 70 s behind that of node right')
    await untilSaid(right, 'the clock of node right is 70 s ahead of that of node late')
    expect(reasonsOf(late)).not.toContain('Redis')
    await late.coordination.stop()
    await untilWell(right)
    const early = redisNode({ name: 'early', servers, prefix, clock: clockAhead(75_000) })
    await untilSaid(early, `the clock of node early is 75 s ahead of that of Redis at 127.0.0.1`)
  },
)
