/**
 * ioredis, told never to wait, queue, resend or reconnect by itself: a client lives as long as its
 * connection, and `Wire` opens the next. What ioredis would keep for later nobody would want by then.
 */
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import type { DurationMs } from '../../../core/ports/system.js'
import type { RedisCoordinationLimits } from './limits.js'
import type { RedisServers } from './servers.js'

export type Client = Redis | Cluster

export interface ClientOptions {
  readonly servers: RedisServers
  readonly limits: RedisCoordinationLimits
  /** What it is for: operators see it in CLIENT LIST. */
  readonly connectionName: string
  /** How long an answer may take where the command itself waits. */
  readonly blocksMs: DurationMs
  /** Is told by the Sentinels when another server becomes master. */
  readonly watches?: boolean
  /** Only to hear a channel; from 0 up to 1: which of a cluster's nodes. */
  readonly listens?: number
}

type Common = Omit<RedisOptions, 'replyMapping'>

const commonOf = ({ servers, limits, connectionName, blocksMs }: ClientOptions): Common => ({
  lazyConnect: true,
  connectionName,
  protocol: 2,
  enableOfflineQueue: false,
  enableReadyCheck: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  retryStrategy: null,
  socketTimeout: blocksMs + limits.silentMsMax,
  connectTimeout: limits.connectTimeoutMs,
  disconnectTimeout: limits.commandTimeoutMs,
  ...(servers.username === undefined ? {} : { username: servers.username }),
  ...(servers.password === undefined ? {} : { password: servers.password }),
  ...(servers.tls === undefined ? {} : { tls: { ...servers.tls } }),
})

const redirectionsMax = 4
const clusterRetryMs = 50
const slotsRefreshMs = 5_000

export const openClient = (options: ClientOptions): Client => {
  const { servers, limits } = options
  const common = commonOf(options)
  switch (servers.kind) {
    case 'single':
      return new Redis({ ...common, ...servers.address, db: servers.db })
    case 'sentinel':
      return new Redis({
        ...common,
        sentinels: servers.sentinels.map((address) => ({ ...address })),
        name: servers.name,
        db: servers.db,
        sentinelRetryStrategy: () => null,
        sentinelCommandTimeout: limits.silentMsMax,
        updateSentinels: false,
        // A master that only the Sentinels have lost goes on answering: they say when it is none.
        failoverDetector: options.watches === true,
        sentinelReconnectStrategy: () => limits.reconnectMsMax,
        ...(servers.sentinelPassword === undefined
          ? {}
          : { sentinelPassword: servers.sentinelPassword }),
        ...(servers.tls === undefined
          ? {}
          : { enableTLSForSentinelMode: true, sentinelTLS: { ...servers.tls } }),
      })
    case 'cluster': {
      if (options.listens !== undefined) {
        // A channel is heard at every node. ioredis's own listener to a cluster is never asked whether
        // it still hears; this one can be.
        const listened = servers.nodes[Math.floor(options.listens * servers.nodes.length)]
        return new Redis({ ...common, ...listened })
      }
      // A cluster's client opens its nodes by its own rules: these it does not let one set.
      const { retryStrategy: _, enableOfflineQueue: __, ...redisOptions } = common
      return new Cluster(
        servers.nodes.map((address) => ({ ...address })),
        {
          lazyConnect: true,
          redisOptions,
          enableOfflineQueue: false,
          enableReadyCheck: true,
          clusterRetryStrategy: () => null,
          maxRedirections: redirectionsMax,
          retryDelayOnFailover: clusterRetryMs,
          retryDelayOnClusterDown: clusterRetryMs,
          retryDelayOnTryAgain: clusterRetryMs,
          slotsRefreshTimeout: limits.silentMsMax,
          slotsRefreshInterval: slotsRefreshMs,
        },
      )
    }
  }
}
