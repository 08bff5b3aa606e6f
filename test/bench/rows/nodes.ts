/**
 * dispatchNodes: two gateway nodes on one PostgreSQL and one Redis, beside one node on a file of its own,
 * repetition by repetition in turn. All of it, servers and terminals too, shares the machine's cores.
 */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'

import { removeFolders } from '../../ground/folders.js'
import { startPostgres, type Postgres } from '../../ground/postgres.js'
import { startRedis, type RedisProcess } from '../../ground/redis.js'
import type { GatewayCalls, SharedPlace } from '../gateway/calls.js'
import { Child } from '../processes/child.js'
import { median, rounded, spread } from '../statistics.js'
import { calmDialsAtATime, FleetStage, gatewayProgram } from './fleet-stage.js'
import type { Bench, MeasureRows, Row } from './row.js'

interface Servers {
  readonly postgres: Postgres
  readonly redis: RedisProcess
  readonly place: Omit<SharedPlace, 'nodeName'>
}

const startServers = async (): Promise<Servers> => {
  const postgres = await startPostgres()
  const redis = await startRedis()
  const databaseUrl = await postgres.database()
  const sealingKey = randomBytes(32).toString('hex')
  return { postgres, redis, place: { databaseUrl, redisUrl: redis.url, sealingKey } }
}

/** Two nodes, and half of the terminals at each. */
class TwoNodes {
  readonly #bench: Bench
  readonly #first: FleetStage
  readonly #second: Child<GatewayCalls>
  readonly #servers: Servers

  constructor(bench: Bench, servers: Servers) {
    this.#bench = bench
    this.#servers = servers
    const shared = { ...servers.place, nodeName: 'bench-1' }
    this.#first = new FleetStage(bench, bench.sizes.terminals, shared)
    this.#second = new Child({ program: gatewayProgram, profileFolder: bench.profileFolder })
  }

  get #half(): number {
    return Math.floor(this.#bench.sizes.terminals / 2)
  }

  async open(): Promise<void> {
    const { terminals } = this.#bench.sizes
    await this.#first.open(terminals)
    const opened = await this.#second.call('open', {
      dataFolder: join(this.#first.folder, 'data-2'),
      port: 0,
      connectionsMax: terminals,
      shared: { ...this.#servers.place, nodeName: 'bench-2' },
    })
    await this.#second.call('meet', this.#first.sns.slice(this.#half))
    await this.#first.dial(this.#half)
    const rest = { from: this.#half, to: terminals, resume: false, atATime: calmDialsAtATime }
    await this.#first.generator.call('dial', { port: opened.port, ...rest })
  }

  /** Seconds until both have done their half. */
  async run(commands: number): Promise<{ readonly seconds: number; readonly p50Ms: number }> {
    const { sns, gateway } = this.#first
    const inFlightMax = Math.ceil(this.#bench.sizes.inFlightMax / 2)
    const load = { kind: 'SelfTest', commands: commands / 2, inFlightMax } as const
    const [one, other] = await Promise.all([
      gateway.call('run', { ...load, sns: sns.slice(0, this.#half) }),
      this.#second.call('run', { ...load, sns: sns.slice(this.#half) }),
    ])
    await this.#first.generator.call('forget')
    return {
      seconds: Math.max(one.seconds, other.seconds),
      p50Ms: median([one.p50Ms, other.p50Ms]),
    }
  }

  async end(): Promise<void> {
    await this.#second.end()
    await this.#first.end()
  }
}

interface Alone {
  readonly stage: FleetStage
  run(commands: number): Promise<{ readonly seconds: number; readonly p50Ms: number }>
}

const alone = (bench: Bench): Alone => {
  const stage = new FleetStage(bench, bench.sizes.terminals)
  return {
    stage,
    async run(commands) {
      const { inFlightMax } = bench.sizes
      const load = { kind: 'SelfTest', commands, inFlightMax, sns: stage.sns } as const
      const figures = await stage.gateway.call('run', load)
      await stage.generator.call('forget')
      return figures
    },
  }
}

type Figure = 'commandsPerSecond' | 'p50Ms' | 'aloneCommandsPerSecond' | 'aloneP50Ms' | 'twoNodes'

const measure = async (bench: Bench, nodes: TwoNodes, one: Alone): Promise<Row> => {
  const { commands, warmUpCommands, repetitions } = bench.sizes
  bench.progress.step('dispatchNodes: warming up')
  await one.run(warmUpCommands)
  await nodes.run(warmUpCommands)
  const runs: Readonly<Record<Figure, number>>[] = []
  for (let round = 1; round <= repetitions; round += 1) {
    const single = await one.run(commands)
    const several = await nodes.run(commands)
    const run = {
      commandsPerSecond: commands / several.seconds,
      p50Ms: several.p50Ms,
      aloneCommandsPerSecond: commands / single.seconds,
      aloneP50Ms: single.p50Ms,
      twoNodes: single.seconds / several.seconds,
    }
    runs.push(run)
    bench.progress.step(
      `dispatchNodes ${String(round)}/${String(repetitions)}: ${run.commandsPerSecond.toFixed(0)} commands/s on two nodes, ` +
        `${run.aloneCommandsPerSecond.toFixed(0)} on one alone, ratio ${run.twoNodes.toFixed(3)}`,
    )
  }
  const middle = (name: Figure): number => rounded(median(runs.map((run) => run[name])), 4)
  return {
    name: 'dispatchNodes',
    commandsPerSecond: middle('commandsPerSecond'),
    p50Ms: middle('p50Ms'),
    spread: rounded(spread(runs.map(({ twoNodes }) => twoNodes))),
    runs: runs.map((run) =>
      Object.fromEntries(Object.entries(run).map(([name, value]) => [name, rounded(value, 4)])),
    ),
    ratios: { twoNodes: middle('twoNodes') },
    notes: [
      'two gateway nodes on PostgreSQL (fsync on) and Redis beside one node on SQLite, in turn',
      'servers, nodes and terminals share the cores of one machine',
    ],
  }
}

export const measureNodes: MeasureRows = async (bench) => {
  const servers = await startServers()
  const nodes = new TwoNodes(bench, servers)
  const one = alone(bench)
  try {
    await nodes.open()
    await one.stage.open(bench.sizes.terminals)
    await one.stage.dial(bench.sizes.terminals)
    return [await measure(bench, nodes, one)]
  } finally {
    await one.stage.end()
    await nodes.end()
    await servers.redis.kill()
    await servers.postgres.stop()
    removeFolders()
  }
}
