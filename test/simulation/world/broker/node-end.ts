/** A node's end of a broker, one life of it: the port that the core publishes through, and its connections. */
import type { Broker, BrokerHandler, Core, Downlink, SendOutcome } from '@tillgate/gateway'

import { simulatedSessionKeys } from '../crypto.js'
import type { NodeEnd } from '../link.js'
import type { VirtualBroker } from './broker.js'
import { Publisher } from './publisher.js'
import { Subscriber } from './subscriber.js'

export interface BrokerNodeEndParts {
  readonly broker: VirtualBroker
  /** The next life of the node has the same: its sessions at the broker are its own again. */
  readonly nodeName: string
  readonly subscribers: number
  between(own: BrokerHandler): BrokerHandler
}

export class BrokerNodeEnd implements NodeEnd {
  readonly brokered
  readonly #parts: BrokerNodeEndParts
  #subscribers: readonly Subscriber[] = []
  #publisher: Publisher | undefined

  constructor(parts: BrokerNodeEndParts) {
    this.#parts = parts
    const broker: Broker = {
      start: () => Promise.resolve(),
      publish: (downlink) => this.#publish(downlink),
      health: () => ({ ok: true, reasons: [] }),
      counters: () => new Map(),
      drain: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    }
    this.brokered = { broker, sessionKeys: simulatedSessionKeys }
  }

  serve({ brokerHandler }: Core): void {
    if (brokerHandler === undefined) throw new Error('simulation: a core without its broker')
    const { broker, nodeName, subscribers, between } = this.#parts
    const handler = between(brokerHandler)
    this.#subscribers = Array.from({ length: subscribers }, (_, i) => {
      const clientId = `${nodeName} ${String(i + 1)}`
      return new Subscriber({ broker, clientId, handler })
    })
    this.#publisher = new Publisher(broker, () => handler.resumed())
  }

  died(): void {
    for (const subscriber of this.#subscribers) subscriber.die()
    this.#publisher?.die()
  }

  #publish(downlink: Downlink): SendOutcome {
    return this.#publisher?.publish(downlink) ?? 'closed'
  }
}
