// A thousand sessions behind Mosquitto and two gateways: how long until every terminal is back.
// Only with TILLGATE_LONG: it wants the machine for itself.
import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'

import { Cluster } from '../../cluster/cluster.js'
import { gatewayKilled } from '../../cluster/misfortunes.js'
import {
  freshDatabase,
  noPostgres,
  startSentinel,
  tempFolder,
  testWith,
} from '../../ground/index.js'
import { noHostAccess, openPeople } from '../people.js'
import { Thousand } from '../thousand.js'
import { isLong } from '../toll.js'
import { brokerForgets, brokerRestarts, startBehindMosquitto } from './behind-mosquitto.js'

const missing = isLong ? noPostgres() : 'takes minutes: TILLGATE_LONG=1'
const quiet = { step: () => undefined, at: () => undefined, end: () => undefined }

testWith(
  ['mosquitto', 'redis-server'],
  'every terminal is back within a minute of a broker that forgot its sessions or kept them, and of a gateway kill, and is served',
  async (context) => {
    if (missing !== undefined) context.skip(missing)
    const redis = await startSentinel()
    onTestFinished(() => redis.stop())
    const sealingKey = randomBytes(32).toString('hex')
    const shared = { databaseUrl: await freshDatabase(), redisUrl: redis.url, sealingKey }
    const people = await openPeople(shared)
    onTestFinished(() => people.stop())
    const { mosquitto, ports, environment } = await startBehindMosquitto(people)
    onTestFinished(() => mosquitto.kill())
    const folder = tempFolder('thousand')
    const size = { gateways: 2, admins: 0 }
    const nodes = { ...shared, ...size, gatewayEnvironment: environment }
    const cluster = await Cluster.start({ ...nodes, folder, host: noHostAccess })
    onTestFinished(() => cluster.stop())
    const thousand = await Thousand.start(people, ports.terminals)
    onTestFinished(() => thousand.stop())
    for (const [situation, misfortune] of Object.entries({
      'broker killed, its sessions lost': () => brokerForgets(mosquitto),
      'broker restarted in order': () => brokerRestarts(mosquitto),
      'one of two gateways behind a broker killed': () =>
        gatewayKilled(0)({ cluster, redis }, quiet),
    })) {
      await thousand.befall(context, situation, misfortune)
    }
  },
  15 * 60_000,
)
