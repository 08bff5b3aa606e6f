/** The cluster of `npm run cluster`: its servers, its nodes, and the bad luck that strikes in the middle. */
import { pause } from '../ground/wait-for.js'
import { startSentinel, type SentinelGroup } from '../ground/redis.js'
import { startPostgres } from '../ground/postgres.js'
import type { Progress } from '../demo/progress.js'
import type { StartTillgate, Tillgate } from '../demo/tillgate.js'
import { Cluster } from './cluster.js'

/** Longer than a node's lease lasts, and than a paused transaction may keep its locks. */
const pausedMs = 12_000

export interface Misfortunes {
  redisFailovers: number
  pauses: number
}

/** What the nodes share. */
interface Servers {
  readonly redis: SentinelGroup
  readonly databaseUrl: string
  stop(): Promise<void>
}

const startServers = async (): Promise<Servers> => {
  const postgres = await startPostgres()
  const redis = await startSentinel()
  return {
    redis,
    databaseUrl: await postgres.database(),
    async stop() {
      await Promise.all([redis.stop(), postgres.stop()])
    },
  }
}

const first = <T>(list: readonly T[]): T => {
  const [one] = list
  if (one === undefined) throw new Error('a cluster without nodes')
  return one
}

/** All at once, as on a bad day: a gateway dies, another hangs, Redis fails over, a node for people dies. */
const strike = async (
  { gateways, admins }: Cluster,
  redis: SentinelGroup,
  counted: Misfortunes,
  progress: Progress,
): Promise<void> => {
  const [dying, hanging] = [first(gateways.all), first(gateways.all.slice(1))]
  progress.step('SIGKILL: gateway-1 is gone, its terminals go elsewhere')
  await gateways.kill(dying)
  progress.step('SIGSTOP: gateway-2 hangs, with its sessions open')
  hanging.pause()
  counted.pauses += 1
  const master = await redis.master()
  await master.kill()
  progress.step('the Redis master is killed')
  await redis.failedOver(master)
  counted.redisFailovers += 1
  progress.step('a replica has taken over')
  await gateways.start(dying)
  progress.step('gateway-1 is back')
  await admins.kill(first(admins.all))
  await admins.start(first(admins.all))
  progress.step('admin-1 was killed and is back')
  await pause(pausedMs)
  hanging.resume()
  progress.step('SIGCONT: gateway-2 wakes, and its terminals are not its own any more')
  await master.start()
}

export const startClusterWith =
  (counted: Misfortunes): StartTillgate =>
  async (folder, host): Promise<Tillgate> => {
    const servers = await startServers()
    try {
      const { redis, databaseUrl } = servers
      const shared = { folder, host, databaseUrl, redisUrl: redis.url }
      const cluster = await Cluster.start({ ...shared, gateways: 3, admins: 2 })
      return {
        ports: cluster.ports,
        adminToken: cluster.adminToken,
        get kills() {
          return cluster.kills
        },
        misfortune: (progress) => strike(cluster, redis, counted, progress),
        async stop() {
          await cluster.stop()
          await servers.stop()
        },
      }
    } catch (error) {
      await servers.stop()
      throw error
    }
  }
