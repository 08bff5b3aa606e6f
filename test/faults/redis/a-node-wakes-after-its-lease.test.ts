// A process that is stopped and wakes: its clock has gone on, its timers have not.
import { expect } from 'vitest'
import { redisPrograms, startRedis, testWith } from '../../ground/index.js'
import { freshPrefix, redisNode, serversOf, untilWell } from '../../contract/coordination/fleet.js'
import type { Clock } from '@tillgate/gateway'
import { until } from './scene.js'

const sleeper = () => {
  let sleptMs = 0
  const clock: Clock = {
    now: () => Date.now(),
    monotonic: () => performance.now() + sleptMs,
  }
  return { clock, sleep: (ms: number) => void (sleptMs += ms) }
}

testWith(
  redisPrograms,
  'a node that slept past its lease does not believe in it',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const { clock, sleep } = sleeper()
    const node = redisNode({
      name: 'a',
      servers: serversOf(server.url),
      prefix: freshPrefix(),
      clock,
    })
    await untilWell(node)
    const lease = node.coordination.lease('sweep')
    await until('the lease', () => lease.held())
    sleep(1_100)
    expect(lease.held()).toBe(false)
    // It is renewed in its turn, since nobody took it meanwhile.
    await until('the lease', () => lease.held())
  },
)

testWith(
  redisPrograms,
  'nor does it where the server is gone when it wakes, before it has tried for long',
  async (context) => {
    const server = await startRedis()
    context.onTestFinished(() => server.kill())
    const { clock, sleep } = sleeper()
    const node = redisNode({
      name: 'a',
      servers: serversOf(server.url),
      prefix: freshPrefix(),
      clock,
    })
    await untilWell(node)
    const lease = node.coordination.lease('sweep')
    await until('the lease', () => lease.held())
    await server.kill()
    sleep(60_000)
    const woke = performance.now()
    expect(lease.held()).toBe(false)
    await until('everybody to hold it', () => lease.held())
    expect(performance.now() - woke).toBeGreaterThan(1_200)
    // And again: it slept while the server was out of reach.
    sleep(60_000)
    expect(lease.held()).toBe(false)
    await server.start()
    await untilWell(node)
    await until('the lease', () => lease.held())
  },
)
