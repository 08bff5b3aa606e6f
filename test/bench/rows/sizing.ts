/**
 * sizing: what one of each takes: memory and descriptors of a gateway with so many sessions, CPU of a ping and
 * of a Heartbeat, bytes on disk of a terminal, a connection and a command, bytes in Redis of a session. Sizes
 * don't care how busy the machine is.
 */
import { randomBytes } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { removeFolders } from '../../ground/folders.js'
import { noPostgres, queryOnce, startPostgres } from '../../ground/postgres.js'
import { hasRedis, startRedis } from '../../ground/redis.js'
import type { LoadKind, SharedPlace } from '../gateway/calls.js'
import { rounded } from '../statistics.js'
import { FleetStage } from './fleet-stage.js'
import type { Bench, MeasureRows, Row } from './row.js'

type Figures = Record<string, number>

/** Where the records lie, and how many bytes that is with the gateway stopped. */
interface Place {
  readonly name: 'sqlite' | 'postgres'
  readonly shared?: SharedPlace
  bytes(fleet: FleetStage): Promise<number>
}

const folderBytes = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

const inFile: Place = {
  name: 'sqlite',
  bytes: (fleet) => Promise.resolve(folderBytes(join(fleet.folder, 'data'))),
}

const inDatabase = (shared: SharedPlace): Place => ({
  name: 'postgres',
  shared,
  bytes: async () => {
    const asked = 'select pg_database_size(current_database())::bigint as bytes'
    const [row] = await queryOnce(shared.databaseUrl, asked)
    return Number(row?.['bytes'])
  },
})

/** Nobody is connected then. */
const settled = (place: Place, fleet: FleetStage): Promise<number> =>
  fleet.reopenGateway(() => place.bytes(fleet))

const dialRounds = 4

const commandBytes = async (
  fleet: FleetStage,
  place: Place,
  kinds: readonly LoadKind[],
  commands: number,
): Promise<number> => {
  const before = await settled(place, fleet)
  const { sns } = fleet
  await fleet.dial(sns.length)
  const connected = await settled(place, fleet)
  await fleet.dial(sns.length)
  for (let done = 0; done < commands; done += sns.length) {
    for (const kind of kinds) {
      const load = { kind, commands: sns.length, inFlightMax: 200, sns }
      await fleet.gateway.call('run', load)
    }
  }
  const rounds = Math.ceil(commands / sns.length)
  // The connection that the commands needed is taken off.
  const own = (await settled(place, fleet)) - connected - (connected - before)
  return own / (rounds * sns.length)
}

const disk = async (bench: Bench, place: Place): Promise<Figures> => {
  const { terminals, commands } = bench.sizes
  const shared = place.shared === undefined ? [] : [place.shared]
  const fleet = new FleetStage(bench, terminals, ...shared)
  try {
    await fleet.open(0)
    const empty = await settled(place, fleet)
    await fleet.enrolMore(terminals)
    const enrolled = await settled(place, fleet)
    for (let round = 0; round < dialRounds; round += 1) {
      await fleet.dial(terminals)
      await fleet.generator.call('hangUp')
    }
    const connected = await settled(place, fleet)
    const selfTest = await commandBytes(fleet, place, ['SelfTest'], commands)
    const unbind = await commandBytes(fleet, place, ['Bind', 'Unbind'], Math.min(commands, 2_000))
    bench.progress.step(`sizing: bytes on disk, ${place.name}`)
    return {
      [`${place.name}BytesPerTerminal`]: (enrolled - empty) / terminals,
      [`${place.name}BytesPerConnection`]: (connected - enrolled) / (dialRounds * terminals),
      [`${place.name}BytesPerSelfTest`]: selfTest,
      [`${place.name}BytesPerBindAndUnbind`]: unbind,
    }
  } finally {
    await fleet.end()
  }
}

/** µs of the gateway's CPU for one, of all its threads; what it spends at rest is taken off. */
const spokenCost = async (
  bench: Bench,
  fleet: FleetStage,
  what: 'ping' | 'beat',
): Promise<number> => {
  const { saidTimes, terminals } = bench.sizes
  const to = Math.min(terminals, fleet.sns.length)
  await fleet.generator.call('say', { what, to, times: 3 })
  const before = await fleet.gateway.call('cpuSeconds')
  const startedMs = performance.now()
  await fleet.generator.call('say', { what, to, times: saidTimes })
  const tookMs = performance.now() - startedMs
  const spent = (await fleet.gateway.call('cpuSeconds')) - before
  const restBefore = await fleet.gateway.call('cpuSeconds')
  await new Promise((resolve) => setTimeout(resolve, tookMs))
  const atRest = (await fleet.gateway.call('cpuSeconds')) - restBefore
  return ((spent - atRest) / (to * saidTimes)) * 1e6
}

const sessions = async (bench: Bench): Promise<Figures> => {
  const counts = bench.sizes.sizingSessions
  const most = Math.max(...counts)
  const fleet = new FleetStage(bench, most)
  const figures: Figures = {}
  try {
    await fleet.open(most)
    await fleet.restartGateway()
    const atRest = await fleet.gateway.call('memory')
    const descriptors = await fleet.gateway.call('descriptors')
    figures['rssBytesAlone'] = atRest.rssBytes
    let from = 0
    for (const count of counts) {
      await fleet.dial(count, { from })
      from = count
      const { rssBytes } = await fleet.gateway.call('memory')
      figures[`rssBytesAt${String(count)}`] = rssBytes
    }
    const then = await fleet.gateway.call('descriptors')
    if (descriptors !== undefined && then !== undefined) {
      figures['descriptorsAlone'] = descriptors
      figures['descriptorsPerSession'] = (then - descriptors) / most
    }
    bench.progress.step('sizing: pings and Heartbeats')
    const ping = await spokenCost(bench, fleet, 'ping')
    figures['cpuUsPerPing'] = ping
    // Behind each Heartbeat goes a ping.
    figures['cpuUsPerHeartbeat'] = (await spokenCost(bench, fleet, 'beat')) - ping
    return figures
  } finally {
    await fleet.end()
  }
}

const shared = async (bench: Bench): Promise<Figures> => {
  const postgres = await startPostgres()
  const redis = await startRedis()
  const used = async (): Promise<number> =>
    Number(/used_memory:(\d+)/.exec(await redis.ask('info', 'memory'))?.[1])
  try {
    const databaseUrl = await postgres.database()
    const sealingKey = randomBytes(32).toString('hex')
    const place = { nodeName: 'bench-1', databaseUrl, redisUrl: redis.url, sealingKey }
    const onDisk = await disk(bench, inDatabase(place))
    const { terminals } = bench.sizes
    const fresh = { ...place, databaseUrl: await postgres.database(), nodeName: 'bench-2' }
    const fleet = new FleetStage(bench, terminals, fresh)
    try {
      await fleet.open(terminals)
      const before = await used()
      await fleet.dial(terminals)
      return { ...onDisk, redisBytesPerSession: ((await used()) - before) / terminals }
    } finally {
      await fleet.end()
    }
  } finally {
    await redis.kill()
    await postgres.stop()
    removeFolders()
  }
}

export const measureSizing: MeasureRows = async (bench) => {
  const figures = { ...(await sessions(bench)), ...(await disk(bench, inFile)) }
  const hasServers = noPostgres() === undefined && hasRedis()
  Object.assign(figures, hasServers ? await shared(bench) : {})
  const whole = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, rounded(value, 3)]),
  )
  const row: Row = {
    name: 'sizing',
    ...whole,
    ratios: {},
    runs: [whole],
    notes: [
      'bytes on disk are what the records grew by, indexes and the sealed ledger with them, the gateway stopped in order',
      'CPU is of all threads of the gateway, without what it spends at rest in the same time',
      ...(hasServers
        ? []
        : ['without PostgreSQL and Redis on the machine their figures are missing']),
    ],
  }
  return [row]
}
