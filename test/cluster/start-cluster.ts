/** A cluster with the servers that its nodes share, private ones on free ports. */
import { startPostgres } from '../ground/postgres.js'
import { startSentinel, type SentinelGroup } from '../ground/redis.js'
import type { Progress } from '../demo/progress.js'
import type { StartTillgate, Tillgate } from '../demo/tillgate.js'
import { Cluster } from './cluster.js'

export interface Standing {
  readonly cluster: Cluster
  readonly redis: SentinelGroup
}

export type Misfortune = (standing: Standing, progress: Progress) => Promise<void>

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

export interface ClusterSize {
  readonly gateways: number
  readonly admins: number
}

export const startClusterWith =
  (misfortune: Misfortune, size: ClusterSize = { gateways: 3, admins: 2 }): StartTillgate =>
  async (folder, host): Promise<Tillgate> => {
    const servers = await startServers()
    try {
      const { redis, databaseUrl } = servers
      const shared = { folder, host, databaseUrl, redisUrl: redis.url }
      const cluster = await Cluster.start({ ...shared, ...size })
      return {
        ports: cluster.ports,
        adminToken: cluster.adminToken,
        get kills() {
          return cluster.kills
        },
        misfortune: (progress) => misfortune({ cluster, redis }, progress),
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
