// A thousand sessions on three gateways, and each misfortune once: how long until every terminal is back.
// Only with TILLGATE_LONG: it wants the machine for itself.
import { randomBytes } from 'node:crypto'
import { onTestFinished, test } from 'vitest'

import { Cluster } from '../../cluster/cluster.js'
import { gatewayKilled, redisFailsOver, rollingRestart } from '../../cluster/misfortunes.js'
import { freshDatabase, noPostgres, startSentinel, tempFolder } from '../../ground/index.js'
import { noHostAccess, openPeople } from '../people.js'
import { Thousand } from '../thousand.js'
import { isLong } from '../toll.js'

const missing = isLong ? noPostgres() : 'takes minutes: TILLGATE_LONG=1'
const quiet = { step: () => undefined, at: () => undefined, end: () => undefined }

test(
  'every terminal is back within a minute of a gateway kill, a Redis failover and a rolling restart, and is served',
  { timeout: 15 * 60_000 },
  async (context) => {
    if (missing !== undefined) context.skip(missing)
    const redis = await startSentinel()
    onTestFinished(() => redis.stop())
    const sealingKey = randomBytes(32).toString('hex')
    const shared = { databaseUrl: await freshDatabase(), redisUrl: redis.url, sealingKey }
    const people = await openPeople(shared)
    onTestFinished(() => people.stop())
    const folder = tempFolder('thousand')
    const size = { gateways: 3, admins: 0 }
    const cluster = await Cluster.start({ ...shared, ...size, folder, host: noHostAccess })
    onTestFinished(() => cluster.stop())
    const thousand = await Thousand.start(people, cluster.ports.mqtts)
    onTestFinished(() => thousand.stop())
    for (const [situation, misfortune] of Object.entries({
      'one of three gateways killed': gatewayKilled(0),
      'Redis failover': redisFailsOver,
      'rolling restart of three gateways': rollingRestart,
    })) {
      await thousand.befall(context, situation, () => misfortune({ cluster, redis }, quiet))
    }
  },
)
