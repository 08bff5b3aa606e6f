/**
 * One of a node's connections that take uplinks, with the promises of the real one: each uplink is handed
 * on at once, acknowledged after its answer and in the order in which it came; where the records can't be
 * had, the connection is left, and the broker delivers again.
 */
import type { BrokerHandler, UplinkOutcome } from '@tillgate/gateway'

import type { Wire } from '../wire.js'
import type { VirtualBroker } from './broker.js'
import { Connection } from './connection.js'
import type { Kept, Session, Taker } from './session.js'

interface UnderWay {
  readonly arrival: number
  readonly kept: Kept
  outcome: UplinkOutcome | undefined
}

export interface SubscriberParts {
  readonly broker: VirtualBroker
  readonly clientId: string
  readonly handler: BrokerHandler
}

export class Subscriber {
  readonly #parts: SubscriberParts
  readonly #connection: Connection
  /** Of the present connection: answers that come after its end are nobody's. */
  #order: UnderWay[] = []

  constructor(parts: SubscriberParts) {
    this.#parts = parts
    this.#connection = new Connection({
      broker: parts.broker,
      up: (wire) => this.#up(wire),
      down: () => (this.#order = []),
    })
  }

  die(): void {
    this.#order = []
    this.#connection.die()
  }

  #up(wire: Wire): () => void {
    const { broker, clientId } = this.#parts
    const session = broker.sessionOf(clientId)
    const order: UnderWay[] = []
    this.#order = order
    const taker: Taker = {
      deliver: (kept) =>
        wire.carry('down', false, () => {
          if (this.#order === order) this.#take(kept, order, { wire, session })
        }),
    }
    session.attach(taker)
    return () => session.detach(taker)
  }

  #take(
    kept: Kept,
    order: UnderWay[],
    on: { readonly wire: Wire; readonly session: Session },
  ): void {
    const { broker, handler } = this.#parts
    const { sn, channel, payload, qos } = kept.passed
    if (channel === 'down') return
    const arrival = broker.nextArrival()
    const entry: UnderWay = { arrival, kept, outcome: undefined }
    if (qos === 1) order.push(entry)
    broker.traffic.arrived(sn, arrival, payload)
    handler.uplink(sn, channel, payload).then(
      (outcome) => {
        if (this.#order !== order) return
        entry.outcome = outcome
        if (qos === 1) this.#acknowledge(order, on)
        else this.#tell(entry, outcome)
      },
      () => {
        if (this.#order === order && qos === 1) this.#connection.breakOff()
      },
    )
  }

  #tell({ arrival, kept }: UnderWay, outcome: UplinkOutcome): void {
    const refusal = outcome.ok ? undefined : outcome.code
    this.#parts.broker.traffic.acknowledged(kept.passed.sn, arrival, refusal)
  }

  #acknowledge(
    order: UnderWay[],
    { wire, session }: { readonly wire: Wire; readonly session: Session },
  ): void {
    for (let [first] = order; first?.outcome !== undefined; [first] = order) {
      order.shift()
      const { packetId } = first.kept
      this.#tell(first, first.outcome)
      if (!wire.breaksAtPuback()) wire.carry('up', false, () => session.acknowledged(packetId))
    }
  }
}
