// A thousand sessions on three gateways, and each misfortune once: how long until every terminal is back.
// Only with TILLGATE_LONG: it wants the machine for itself.
import {
  createMemoryFlash,
  manufacture,
  manufactureKeyOf,
  serialNumber,
  startFleet,
  systemEntropy,
  type Fleet,
  type MemoryFlash,
} from '@tillgate/device-sim'
import { openNode, redisServersFrom, type GatewayNode } from '@tillgate/gateway'
import { nodePrimitives } from '@tillgate/protocol/node'
import { randomBytes } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'

import { Cluster } from '../../cluster/cluster.js'
import { gatewayKilled, redisFailsOver, rollingRestart } from '../../cluster/misfortunes.js'
import { concurrently } from '../../demo/concurrently.js'
import { enrolFlash, registerTerminal } from '../../e2e/enrolled.js'
import { silent } from '../../e2e/stage.js'
import { freshDatabase, noPostgres, startSentinel, tempFolder } from '../../ground/index.js'

const count = 1_000
const seed = 'thousand'
const backMsMax = 60_000
const patienceMs = 15 * 60_000
const isLong = process.env['TILLGATE_LONG'] === '1'
const missing = isLong ? noPostgres() : 'takes ten minutes: TILLGATE_LONG=1'
const quiet = { step: () => undefined, at: () => undefined, end: () => undefined }
/** Nobody is asked about a TID here. */
const host = { url: 'https://localhost:1', token: 'none', caFile: '/dev/null' }

/** A node in this process, for enrolment without the API's limit. */
const openPeople = async (
  databaseUrl: string,
  redisUrl: string,
  sealingKey: string,
): Promise<GatewayNode> => {
  const answer = redisServersFrom(redisUrl)
  if (!answer.ok) throw new Error(answer.why)
  return openNode({
    dataFolder: tempFolder('people'),
    nodeName: 'people',
    log: silent,
    link: 'none',
    records: { kind: 'postgres', url: databaseUrl },
    coordination: { kind: 'redis', servers: answer.servers },
    sealingKey,
    listener: { host: '127.0.0.1', mqttsPort: 0, wssPort: 0 },
    publicHosts: ['localhost'],
    hostAdapter: { kind: 'recorder' },
  })
}

const enrolAll = async ({ services }: GatewayNode): Promise<ReadonlyMap<string, MemoryFlash>> => {
  const manufactureKey = manufactureKeyOf(nodePrimitives, 'nobody')
  const factory = { primitives: nodePrimitives, entropy: systemEntropy, manufactureKey }
  const all = Array.from({ length: count }, (_, index) => serialNumber(seed, index))
  const flashes = new Map<string, MemoryFlash>()
  await concurrently(all, 16, async (sn) => {
    const flash = createMemoryFlash()
    await manufacture({ ...factory, model: 'SIM-P1' }, sn, flash)
    await registerTerminal(services, sn)
    await enrolFlash(services, sn, flash)
    flashes.set(sn, flash)
  })
  return flashes
}

/** How long after this moment every terminal is online. */
const untilBack = async (fleet: Fleet): Promise<number> => {
  const sinceMs = performance.now()
  await fleet.online(patienceMs)
  return Math.round(performance.now() - sinceMs)
}

test(
  'every terminal is back within a minute of a gateway kill, a Redis failover and a rolling restart',
  { timeout: patienceMs },
  async (context) => {
    if (missing !== undefined) context.skip(missing)
    const redis = await startSentinel()
    onTestFinished(() => redis.stop())
    const databaseUrl = await freshDatabase()
    const sealingKey = randomBytes(32).toString('hex')
    const people = await openPeople(databaseUrl, redis.url, sealingKey)
    onTestFinished(() => people.stop())
    const folder = tempFolder('thousand')
    const shared = { folder, host, databaseUrl, redisUrl: redis.url, sealingKey }
    const cluster = await Cluster.start({ ...shared, gateways: 3, admins: 0 })
    onTestFinished(() => cluster.stop())
    const flashes = await enrolAll(people)
    const fleet = await startFleet({
      count,
      seed,
      url: `mqtts://localhost:${String(cluster.ports.mqtts)}`,
      flashFor: (sn) => flashes.get(sn)!,
    })
    onTestFinished(() => fleet.stop())
    await fleet.online(patienceMs)
    const standing = { cluster, redis }
    const took: Record<string, number> = {}
    for (const [name, misfortune] of Object.entries({
      'gateway kill': gatewayKilled(0),
      'Redis failover': redisFailsOver,
      'rolling restart': rollingRestart,
    })) {
      await misfortune(standing, quiet)
      took[name] = await untilBack(fleet)
    }
    process.stdout.write(`1,000 terminals back after, in ms: ${JSON.stringify(took)}\n`)
    for (const [name, ms] of Object.entries(took)) expect(ms, name).toBeLessThan(backMsMax)
  },
)
