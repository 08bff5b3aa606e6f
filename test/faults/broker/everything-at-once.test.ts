// Two gateways and a node for people on PostgreSQL and Redis, Mosquitto between them and the terminals, under
// load: gateways are killed, the broker forgets its sessions, Redis fails over.
import { randomBytes } from 'node:crypto'
import { afterEach, expect } from 'vitest'

import { Cluster } from '../../cluster/cluster.js'
import { gatewayKilled, redisFailsOver } from '../../cluster/misfortunes.js'
import type { Standing } from '../../cluster/start-cluster.js'
import { makeFleet } from '../../demo/fleet.js'
import { openScene, type Scene } from '../../demo/scene.js'
import type { StartTillgate } from '../../demo/tillgate.js'
import { freshDatabase, noPostgres, pause, startSentinel, testWith } from '../../ground/index.js'
import type { Mosquitto } from '../../ground/index.js'
import { startLoad } from '../gateway/load.js'
import { expectNothingLostOrDoubled } from '../gateway/verdict.js'
import { openPeople } from '../people.js'
import { backMsMax, isLong, times, Toll } from '../toll.js'
import { brokerForgets, brokerRestarts, startBehindMosquitto } from './behind-mosquitto.js'

const terminals = 6
const rounds = isLong ? times : 2
const seed = process.env['TILLGATE_SEED'] ?? 'everything'
/** Between two misfortunes. */
const calmMs = 1_500
const quiet = { step: () => undefined, at: () => undefined, end: () => undefined }

interface Everything extends Standing {
  readonly mosquitto: Mosquitto
}

let scene: Scene | undefined
afterEach(async () => {
  await scene?.end(false)
  scene = undefined
}, 60_000)

const startEverything =
  (onStanding: (standing: Everything) => void): StartTillgate =>
  async (folder, host) => {
    const redis = await startSentinel()
    const sealingKey = randomBytes(32).toString('hex')
    const shared = { databaseUrl: await freshDatabase(), redisUrl: redis.url, sealingKey }
    const maker = await openPeople(shared)
    const { mosquitto, ports, environment } = await startBehindMosquitto(maker)
    await maker.stop()
    const size = { gateways: 2, admins: 1 }
    const nodes = { ...shared, ...size, gatewayEnvironment: environment }
    const cluster = await Cluster.start({ ...nodes, folder, host })
    onStanding({ cluster, redis, mosquitto })
    return {
      ports: { ...cluster.ports, mqtts: ports.terminals },
      adminToken: cluster.adminToken,
      get kills() {
        return cluster.kills
      },
      misfortune: () => Promise.resolve(),
      async stop() {
        await cluster.stop()
        await Promise.all([mosquitto.kill(), redis.stop()])
      },
    }
  }

testWith(
  ['mosquitto', 'redis-server'],
  `PostgreSQL, Redis and a broker, ${String(rounds)} times each: nothing is lost, nothing done twice (seed ${seed})`,
  async (context) => {
    const missing = noPostgres()
    if (missing !== undefined) context.skip(missing)
    const standing: { now?: Everything } = {}
    const opened = await openScene(
      seed,
      startEverything((now) => (standing.now = now)),
    )
    scene = opened
    const { now } = standing
    if (now === undefined) throw new Error('nothing stands')
    const often = String(rounds)
    const toll = new Toll(
      `two gateways behind a broker: ${often} gateway kills, ${often} broker restarts, ${often} Redis failovers`,
    )
    const observe = toll.hear.bind(toll)
    const fleet = await makeFleet(opened, { terminals, seed, ideal: true, observe }, quiet)
    const load = await startLoad(opened.api, fleet)
    for (let i = 0; i < rounds; i++) {
      await pause(calmMs)
      await gatewayKilled(i)(now, quiet)
      await pause(calmMs)
      await (i % 2 === 0 ? brokerForgets : brokerRestarts)(now.mosquitto)
      await pause(calmMs)
      await redisFailsOver(now, quiet)
    }
    await expectNothingLostOrDoubled(context, toll, { scene: opened, fleet, load })
    expect(toll.longestMs).toBeLessThan(backMsMax)
    expect(load.rounds).toBeGreaterThanOrEqual(terminals)
  },
  (isLong ? 45 : 5) * 60_000,
)
