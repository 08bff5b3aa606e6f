// Nodes that share one coordination, each with what it was told.
import { randomBytes } from 'node:crypto'
import { onTestFinished } from 'vitest'
import {
  openRedisCoordination,
  redisServersFrom,
  systemClock,
  systemTimers,
} from '@tillgate/gateway'
import type {
  Call,
  Clock,
  Coordination,
  Notice,
  RedisCoordinationLimits,
  RedisServers,
} from '@tillgate/gateway'
import { waitFor } from '../../ground/index.js'
import { quietLog } from '../records/quiet.js'

export interface FleetNode {
  readonly coordination: Coordination
  readonly notices: readonly Notice[]
  readonly calls: readonly Call[]
  readonly missed: () => number
}

export interface Fleet {
  /** Opens a node and waits until it is well. */
  node(name: string): Promise<FleetNode>
  /** Waits until what was said has arrived. */
  settle(): Promise<void>
}

/** As in production, only sooner. */
export const hasty: Partial<RedisCoordinationLimits> = {
  nodeTtlMs: 2_000,
  beatMs: 250,
  beatWhileOutMs: 100,
  rosterKeptMs: 50,
  announceAllMs: 2_000,
  roundRetryMs: 50,
  reconnectMsMin: 20,
  reconnectMsMax: 200,
  inboxBlockMs: 300,
  missedAfterMs: 20,
  missedEveryMs: 200,
  leaseTtlMs: 1_200,
  leaseRenewMs: 300,
  leaseMarginMs: 200,
}

export const incarnation = (): string => randomBytes(16).toString('hex')

export const told = (coordination: Coordination): FleetNode => {
  const notices: Notice[] = []
  const calls: Call[] = []
  let missed = 0
  onTestFinished(() => coordination.stop())
  void coordination.start({
    notice: (notice) => void notices.push(notice),
    called: (call) => void calls.push(call),
    missed: () => void missed++,
  })
  return { coordination, notices, calls, missed: () => missed }
}

export const serversOf = (url: string): RedisServers => {
  const answer = redisServersFrom(url)
  if (!answer.ok) throw new Error(answer.why)
  return answer.servers
}

export interface RedisNodeOptions {
  readonly name: string
  readonly servers: RedisServers
  readonly prefix: string
  readonly incarnation?: string
  readonly clock?: Clock
  readonly limits?: Partial<RedisCoordinationLimits>
}

/** Opened, and not waited for. */
export const redisNode = (options: RedisNodeOptions): FleetNode =>
  told(
    openRedisCoordination({
      node: { name: options.name, incarnation: options.incarnation ?? incarnation() },
      servers: options.servers,
      prefix: options.prefix,
      clock: options.clock ?? systemClock,
      timers: systemTimers,
      log: quietLog(),
      limits: { ...hasty, ...options.limits },
    }),
  )

export const isWell = ({ coordination }: FleetNode): boolean => coordination.health().ok

export const untilWell = async (...nodes: readonly FleetNode[]): Promise<void> => {
  const reasons = (): readonly string[] =>
    nodes.flatMap(({ coordination }) => coordination.health().reasons)
  try {
    await waitFor(() => nodes.every(isWell), { what: 'nodes to be well', timeoutMs: 20_000 })
  } catch (cause) {
    throw new Error(`not well: ${reasons().join('; ')}`, { cause })
  }
}

export const freshPrefix = (): string => `t${randomBytes(6).toString('hex')}`

/** Nodes on one Redis, apart from all others by their prefix. */
export const redisFleet = (url: string): Fleet => {
  const servers = serversOf(url)
  const prefix = freshPrefix()
  const nodes: FleetNode[] = []
  return {
    node: async (name) => {
      const node = redisNode({ name, servers, prefix })
      nodes.push(node)
      await untilWell(node)
      return node
    },
    // Whoever speaks last speaks after all the others: a round trip of each, and it has been heard.
    settle: async () => {
      for (const { coordination } of nodes) {
        for (let i = 0; i < 3; i++) await coordination.online([0])
      }
    },
  }
}
