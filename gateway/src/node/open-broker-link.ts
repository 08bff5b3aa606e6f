/** The terminals over somebody else's broker, where the configuration says so. */
import { hostname } from 'node:os'

import type { BrokerServer } from '../adapters/link/broker/broker-server.js'
import type { BrokerLimits } from '../adapters/link/broker/limits.js'
import { openBroker } from '../adapters/link/broker/open-broker.js'
import { atEndOfTurn } from '../adapters/system/index.js'
import type { Broker } from '../core/ports/broker.js'
import type { NodeConfig } from './config.js'
import type { Machine } from './machine.js'

export interface BrokerConfig {
  readonly server: BrokerServer
  /** Of the shared subscriptions: the same on all nodes that share records. */
  readonly group?: string
  /** In the place of the link's own, by name: `adapters/link/broker/limits.ts`. */
  readonly limits?: Partial<BrokerLimits>
}

export const openBrokerLink = (
  { link, broker, nodeName = hostname(), log }: NodeConfig,
  machine: Machine,
): Broker | undefined => {
  if (link !== 'broker') return undefined
  if (broker === undefined) throw new TypeError('link: broker needs to be told which')
  return openBroker({ ...broker, ...machine, nodeName, log, endOfTurn: atEndOfTurn })
}
