/** What this node is called among those that share its records, and how it talks to them. */
import { toHex } from '@tillgate/protocol'
import { hostname } from 'node:os'

import { openInProcessCoordination } from '../adapters/coordination/in-process/in-process-coordination.js'
import type { Coordination } from '../core/ports/coordination.js'
import type { NodeConfig } from './config.js'
import type { Machine } from './machine.js'

const incarnationBytes = 16

export const openCoordination = (
  { nodeName = hostname() }: NodeConfig,
  { entropy }: Machine,
): Coordination => {
  const node = { name: nodeName, incarnation: toHex(entropy.bytes(incarnationBytes)) }
  return openInProcessCoordination(node)
}
