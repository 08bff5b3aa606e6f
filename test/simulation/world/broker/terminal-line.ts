/**
 * A terminal's connection to a broker. The broker's PUBACK says that the broker has it, and nothing of the
 * gateway; a downlink goes to whoever is connected under that name at that moment, and is kept for nobody.
 */
import type { LinkEvents, OutgoingPublish } from '@tillgate/device-sim'

import { within } from '../chance.js'
import { Wire } from '../wire.js'
import type { VirtualBroker } from './broker.js'

export interface LineParts {
  readonly broker: VirtualBroker
  readonly sn: string
  readonly events: LinkEvents
  readonly will: Uint8Array
}

export class TerminalLine {
  readonly sn: string
  readonly will: Uint8Array
  readonly #broker: VirtualBroker
  readonly #events: LinkEvents
  readonly #wire: Wire
  #tokens = 0
  #terminalIsThere = true
  #isUp = false

  constructor({ broker, sn, events, will }: LineParts) {
    this.sn = sn
    this.will = will
    this.#broker = broker
    this.#events = events
    this.#wire = new Wire(broker.world, broker.chance, {
      server: () => this.endAtBroker('with its will'),
      client: (reason) => this.#endAtTerminal(reason),
    })
  }

  get isUp(): boolean {
    return this.#isUp
  }

  // --- the terminal's end

  publish({ channel, payload, token, qos }: OutgoingPublish): void {
    const isSwallowed = this.#wire.swallows()
    this.#wire.carry('up', !isSwallowed, () => {
      if (!this.#isUp) return
      if (qos === 1) this.#broker.acknowledge(() => this.#acknowledge(token))
      if (!isSwallowed) this.#broker.take({ sn: this.sn, channel, qos, payload })
    })
  }

  puback(): void {
    this.#wire.breaksAtPuback()
  }

  /** DISCONNECT: no will. */
  leave(): void {
    this.#wire.carry('up', false, () => this.endAtBroker('in peace'))
    this.#terminalIsThere = false
  }

  vanish(): void {
    this.#terminalIsThere = false
    this.#wire.sever()
  }

  #endAtTerminal(reason: string): void {
    if (!this.#terminalIsThere) return
    this.#terminalIsThere = false
    this.#events.disconnected(reason)
  }

  // --- the broker's end

  connect(): void {
    if (!this.#broker.isUp || this.#wire.isSevered) return this.#turnAway()
    this.#isUp = true
    this.#broker.newest(this)
    this.#wire.carry('down', false, () => {
      if (this.#terminalIsThere) this.#events.connected()
    })
  }

  sever(): void {
    this.#wire.sever()
  }

  endAtBroker(how: 'with its will' | 'in peace' | 'forgotten'): void {
    if (!this.#isUp) return
    this.#isUp = false
    this.#wire.sever()
    if (how !== 'with its will') return
    this.#broker.take({ sn: this.sn, channel: 'state', qos: 0, payload: this.will })
  }

  deliver(payload: Uint8Array): void {
    if (!this.#isUp || this.#wire.swallows()) return
    const token = (this.#tokens += 1)
    this.#wire.carry('down', true, () => {
      if (this.#terminalIsThere) this.#events.packet(payload, token)
    })
  }

  #turnAway(): void {
    const { world, chance } = this.#broker
    world.time.after(within(chance, world.faults.network.notice), () =>
      this.#endAtTerminal('refused'),
    )
  }

  #acknowledge(token: number): void {
    if (!this.#isUp || this.#wire.breaksAtPuback()) return
    this.#wire.carry('down', false, () => {
      if (this.#terminalIsThere) this.#events.acknowledged(token)
    })
  }
}
