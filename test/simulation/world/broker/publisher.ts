/**
 * The connection of a node that publishes, with the promises of the real one: a window, what waits is asked
 * once more whether it is still meant, nothing is kept for after the connection, and a broker that
 * acknowledges nothing is left for a new one.
 */
import type { Downlink, SendOutcome } from '@tillgate/gateway'
import type { TimerHandle } from '@tillgate/device-sim'

import type { Wire } from '../wire.js'
import type { VirtualBroker } from './broker.js'
import { Connection } from './connection.js'

const window = 4
const waitingMax = 32
const patienceMs = 3_000

export class Publisher {
  readonly #broker: VirtualBroker
  readonly #resumed: () => void
  readonly #connection: Connection
  #wire: Wire | undefined
  #wasUp = false
  #inFlight = new Set<Downlink>()
  #waiting: Downlink[] = []
  #stuck: TimerHandle | undefined
  #hasMoved = false

  constructor(broker: VirtualBroker, resumed: () => void) {
    this.#broker = broker
    this.#resumed = resumed
    this.#connection = new Connection({
      broker,
      up: (wire) => this.#up(wire),
      down: () => this.#down(),
    })
  }

  publish(downlink: Downlink): SendOutcome {
    if (this.#wire === undefined) return 'closed'
    if (this.#waiting.length === 0 && this.#inFlight.size < window) this.#send(downlink)
    else if (this.#waiting.length >= waitingMax) return 'full'
    else this.#waiting.push(downlink)
    return 'queued'
  }

  die(): void {
    this.#down()
    this.#connection.die()
  }

  #up(wire: Wire): () => void {
    this.#wire = wire
    if (this.#wasUp) this.#resumed()
    this.#wasUp = true
    // Nothing of it is kept.
    return () => undefined
  }

  #down(): void {
    this.#wire = undefined
    this.#inFlight = new Set()
    this.#waiting = []
    this.#stuck?.cancel()
    this.#stuck = undefined
  }

  #send(downlink: Downlink): void {
    const wire = this.#wire
    if (wire === undefined) return
    const inFlight = this.#inFlight
    inFlight.add(downlink)
    const { sn, payload } = downlink
    this.#broker.traffic.sent(sn, payload)
    this.#watch()
    wire.carry('up', false, () => {
      this.#broker.acknowledge(() =>
        wire.carry('down', false, () => {
          if (!inFlight.delete(downlink) || inFlight !== this.#inFlight) return
          this.#hasMoved = true
          this.#pump()
        }),
      )
      this.#broker.take({ sn, channel: 'down', qos: 1, payload })
    })
  }

  #pump(): void {
    while (this.#inFlight.size < window) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      if (next.isMeant()) this.#send(next)
    }
  }

  #watch(): void {
    if (this.#stuck !== undefined) return
    this.#hasMoved = false
    this.#stuck = this.#broker.world.time.after(patienceMs, () => {
      this.#stuck = undefined
      if (this.#inFlight.size === 0) return
      if (this.#hasMoved) this.#watch()
      else this.#connection.breakOff()
    })
  }
}
