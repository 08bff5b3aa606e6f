import { expect } from 'vitest'
import { pause, redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { freshPrefix, redisNode, serversOf, untilWell } from '../../contract/coordination/fleet.js'
import { lane, reasonsOf, until, untilNudged, untilSaid, untilSeen } from './scene.js'

testWith(
  redisPrograms,
  'the second node of a name says so and owns nothing, until the first is gone',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const [servers, prefix] = [serversOf(server.url), freshPrefix()]
    const witness = redisNode({ name: 'witness', servers, prefix })
    const first = redisNode({ name: 'twin', servers, prefix })
    await untilWell(witness, first)
    const firstLease = first.coordination.lease('sweep')
    await until('the lease', () => firstLease.held())
    const second = redisNode({ name: 'twin', servers, prefix })
    const secondLease = second.coordination.lease('sweep')
    const anotherLease = second.coordination.lease('another')
    second.coordination.own(7, 1)
    await untilSaid(second, 'two nodes have the name twin')
    expect(first.coordination.health().ok).toBe(true)
    expect([secondLease.held(), anotherLease.held()]).toEqual([false, false])
    expect(await witness.coordination.online([7])).toEqual(new Set())
    // What is its own it is still told, since it need not ask.
    second.coordination.tell(lane(7))
    expect(second.notices).toEqual([lane(7)])

    await first.coordination.stop()
    await untilWell(second)
    await untilSeen(witness, [7])
    await untilNudged(witness, second, 7)
    await until('the leases', () => secondLease.held() && anotherLease.held())
  },
)

testWith(
  redisPrograms,
  'a node that was killed and started again waits for its name, and has it',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const [servers, prefix] = [serversOf(server.url), freshPrefix()]
    // One start of it that was killed: what it left, and nobody who beats.
    await server.ask('hset', `${prefix}:{nodes}:node:till`, 'incarnation', 'former', 'beats', 3)
    await server.ask('pexpire', `${prefix}:{nodes}:node:till`, 1_500)
    const again = redisNode({ name: 'till', servers, prefix })
    await untilSaid(again, 'still held by an earlier start of this node')
    await pause(400)
    expect(reasonsOf(again)).not.toContain('two nodes')
    await untilWell(again)
  },
)
