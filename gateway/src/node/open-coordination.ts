/** What this node is called among those that share its records, and how it talks to them. */
import { toHex } from '@tillgate/protocol'
import { hostname } from 'node:os'

import { openInProcessCoordination } from '../adapters/coordination/in-process/in-process-coordination.js'
import { openRedisCoordination } from '../adapters/coordination/redis/redis-coordination.js'
import type { Coordination } from '../core/ports/coordination.js'
import type { NodeConfig } from './config.js'
import type { Machine } from './machine.js'

const incarnationBytes = 16

export const openCoordination = (config: NodeConfig, machine: Machine): Coordination => {
  const { nodeName = hostname(), coordination, log } = config
  const incarnation = toHex(machine.entropy.bytes(incarnationBytes))
  const node = { name: nodeName, incarnation }
  return coordination?.kind === 'redis'
    ? openRedisCoordination({ ...machine, node, servers: coordination.servers, log })
    : openInProcessCoordination(node)
}
