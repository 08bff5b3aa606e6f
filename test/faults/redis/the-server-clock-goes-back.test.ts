// A failover to a machine whose clock is behind: what was to end soon seems to last for hours.
import { expect } from 'vitest'
import { redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { freshPrefix, redisNode, serversOf, untilWell } from '../../contract/coordination/fleet.js'
import { reasonsOf, until, untilSaid } from './scene.js'

const anHourMs = 3_600_000

testWith(
  redisPrograms,
  'nobody keeps a lease, a name or a place among the living for hours',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const [servers, prefix] = [serversOf(server.url), freshPrefix()]
    const [seconds] = (await server.ask('time')).split('\n')
    const late = Number(seconds) * 1_000 + anHourMs
    const nodes = `${prefix}:{nodes}`
    await server.ask('hset', `${prefix}:lease:sweep`, 'owner', 'dead', 'until', late, 'fence', 4)
    await server.ask('hset', `${nodes}:node:till`, 'incarnation', 'dead', 'beats', 9)
    await server.ask('pexpire', `${nodes}:node:till`, anHourMs)
    await server.ask('zadd', `${nodes}:alive`, late, 'gone')
    await server.ask('hset', `${nodes}:cards`, 'gone', 'dead 0')

    const node = redisNode({ name: 'till', servers, prefix })
    await untilSaid(node, 'still held by an earlier start')
    const lease = node.coordination.lease('sweep')
    await untilWell(node)
    expect(reasonsOf(node)).toBe('')
    await until('the lease', () => lease.held())
    expect(await server.ask('hget', `${prefix}:lease:sweep`, 'fence')).toBe('5')
    await until(
      'to be alone',
      async () => ((await node.coordination.nodes()) ?? []).join() === 'till',
    )
  },
)

testWith(redisPrograms, 'a dead node’s higher number keeps no living node out', async (context) => {
  const server = await startRedis()
  context.onTestFinished(() => server.kill())
  const [servers, prefix] = [serversOf(server.url), freshPrefix()]
  const node = redisNode({ name: 'till', servers, prefix })
  const witness = redisNode({ name: 'witness', servers, prefix })
  await untilWell(node, witness)
  // As after records were put back from a backup: fencing numbers begin lower than they were.
  await server.ask('hset', `${prefix}:own:{7}`, '7', '99 dead gone')
  node.coordination.own(7, 3)
  await until(
    'it to be seen',
    async () => (await witness.coordination.online([7]))?.has(7) === true,
  )
  expect(node.notices).toEqual([])
  expect(await server.ask('hget', `${prefix}:own:{7}`, '7')).toMatch(/^3 .* till$/)
})
