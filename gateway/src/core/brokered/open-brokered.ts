/** The part of a core whose terminals come over a broker, put together: its handler and its loop. */
import type { Broker, BrokerHandler } from '../ports/broker.js'
import type { SessionKeys } from '../ports/session-keys.js'
import type { Loop } from '../loops/pace.js'
import {
  createWaitingTerminalsLoop,
  type WaitingTerminalsPorts,
} from '../loops/waiting-terminals.js'
import { createBrokerHandler, type BrokerHandlerPorts } from './broker-handler.js'
import { createHelloRequests } from './hello-requests.js'

export interface BrokeredPorts {
  readonly broker: Broker
  readonly sessionKeys: SessionKeys
}

type Receiving = Omit<BrokerHandlerPorts, keyof BrokeredPorts | 'helloRequests'> &
  Pick<WaitingTerminalsPorts, 'coordination'>

export interface Brokered {
  readonly handler: BrokerHandler
  readonly loops: readonly Loop[]
}

export const openBrokered = (
  own: BrokeredPorts,
  receiving: Receiving,
  leased: (name: string) => Pick<WaitingTerminalsPorts, 'timers' | 'beatMs' | 'mayRun'>,
): Brokered => {
  const helloRequests = createHelloRequests({ ...receiving, ...own })
  const waiting = leased('waiting-terminals')
  return {
    handler: createBrokerHandler({ ...receiving, ...own, helloRequests }),
    loops: [createWaitingTerminalsLoop({ ...receiving, ...waiting, helloRequests })],
  }
}
