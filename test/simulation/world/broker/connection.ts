/** A node's connection to a broker: dialled until it stands, and again whenever it breaks. */
import { within } from '../chance.js'
import { Wire } from '../wire.js'
import type { VirtualBroker } from './broker.js'

const redialMsMin = 50
const redialMsMax = 800

export interface ConnectionParts {
  readonly broker: VirtualBroker
  /** It stands. Answers what becomes true at the broker's end when that notices that this wire is dead. */
  up(wire: Wire): () => void
  /** The node's own end has noticed. */
  down(): void
}

export class Connection {
  readonly #parts: ConnectionParts
  #wire: Wire | undefined
  #isDead = false
  #failures = 0

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    parts.broker.connections.add(this)
    this.#dial()
  }

  /** The node gives it up, or the network does. */
  breakOff(): void {
    this.#wire?.sever()
  }

  /** The node's process is gone. */
  die(): void {
    this.#isDead = true
    this.#parts.broker.connections.delete(this)
    this.#wire?.sever()
    this.#wire = undefined
  }

  #dial(): void {
    const { broker } = this.#parts
    const { world, chance } = broker
    const pauseMs = Math.min(redialMsMax, redialMsMin * 2 ** this.#failures)
    world.time.after(pauseMs + within(chance, world.faults.network.delay), () => {
      if (this.#isDead) return
      if (!broker.isUp) {
        this.#failures += 1
        return this.#dial()
      }
      this.#failures = 0
      const wire: Wire = new Wire(world, chance, {
        server: () => left(),
        client: () => this.#down(wire),
      })
      this.#wire = wire
      const left = this.#parts.up(wire)
    })
  }

  #down(wire: Wire): void {
    if (this.#isDead || this.#wire !== wire) return
    this.#wire = undefined
    this.#parts.down()
    this.#dial()
  }
}
