/**
 * Our own listener between terminals and gateway: the gateway's `Link` and the terminals' `Transport` in
 * one. As a link it keeps the promises of the real one: a will before `closed`, nothing after it, one
 * session a terminal, PUBACK only after the handler's answer.
 */
import type { Channel, CloseReason, LinkHandler, LinkSession, SendOutcome } from '@tillgate/gateway'
import type {
  Link,
  LinkEvents,
  LinkOptions,
  OutgoingPublish,
  Prng,
  Transport,
} from '@tillgate/device-sim'

import { within } from './chance.js'
import type { Made } from './factory.js'
import type { Between, NodeEnd, Peril, Traffic, WorldLink } from './link.js'
import { Wire } from './wire.js'
import type { World } from './world.js'

class Line {
  readonly #network: VirtualLink
  readonly #made: Made
  readonly #events: LinkEvents
  readonly #will: Uint8Array
  readonly #wire: Wire
  readonly #delivered = new Map<number, () => void>()
  #session: LinkSession | undefined
  #tokens = 0
  #terminalIsThere = true

  constructor(network: VirtualLink, made: Made, events: LinkEvents, will: Uint8Array) {
    this.#network = network
    this.#wire = new Wire(network.world, network.chance, {
      server: () => this.endAtServer('peer'),
      client: (reason) => this.#endAtTerminal(reason),
    })
    this.#made = made
    this.#events = events
    this.#will = will
  }

  get sn(): string {
    return this.#made.sn
  }

  get isUp(): boolean {
    return this.#session !== undefined
  }

  // --- the terminal's end

  publish({ channel, payload, token, qos }: OutgoingPublish): void {
    const isSwallowed = this.#wire.swallows()
    this.#wire.carry('up', !isSwallowed, () => {
      if (isSwallowed) this.#acknowledge(token)
      else this.#arrive(channel, payload, qos === 1 ? token : 0)
    })
  }

  puback(token: number): void {
    if (this.#wire.breaksAtPuback()) return
    this.#wire.carry('up', false, () => {
      const delivered = this.#delivered.get(token)
      this.#delivered.delete(token)
      if (this.#session !== undefined) delivered?.()
    })
  }

  /** DISCONNECT, then the end of the socket. */
  leave(): void {
    this.#wire.carry('up', false, () => this.endAtServer('disconnected'))
    this.#terminalIsThere = false
  }

  /** Gone without a word: the server notices later. */
  vanish(): void {
    this.#terminalIsThere = false
    this.sever()
  }

  // --- the line itself

  sever(): void {
    this.#wire.sever()
  }

  /** The server's process is gone, and with it its end of the line. */
  serverDied(): void {
    this.#session = undefined
    this.sever()
  }

  #endAtTerminal(reason: string): void {
    if (!this.#terminalIsThere) return
    this.#terminalIsThere = false
    this.#events.disconnected(reason)
  }

  // --- the server's end

  async connect(): Promise<void> {
    const { handler } = this.#network
    if (handler === undefined || this.#wire.isSevered) return this.#turnAway()
    try {
      const admission = await handler.admit({
        certificateSha256: this.#made.certificateSha256,
        clientId: this.sn,
        mqttVersion: 5,
        resumed: false,
        remoteAddress: '',
        transport: 'tls',
      })
      if (this.#network.handler !== handler) return
      if (!admission.ok) return this.#turnAway()
      this.#network.newest(this)
      const session: LinkSession = {
        id: this.#network.nextSessionId(),
        sn: this.sn,
        terminalId: admission.terminalId,
        admission,
        certificateSha256: this.#made.certificateSha256,
        resumed: false,
        mqttVersion: 5,
        send: (payload, delivered) => this.#send(session, payload, delivered),
        close: (reason) => this.endAtServer(reason),
      }
      this.#session = session
      handler.opened(session)
      handler.subscribed(session)
      this.#wire.carry('down', false, () => {
        if (this.#terminalIsThere) this.#events.connected()
      })
    } catch {
      this.#turnAway()
    }
  }

  #turnAway(): void {
    const { world, chance } = this.#network
    world.time.after(within(chance, world.faults.network.notice), () =>
      this.#endAtTerminal('refused'),
    )
  }

  endAtServer(reason: CloseReason): void {
    const { handler } = this.#network
    const session = this.#session
    if (session === undefined || handler === undefined) return
    this.#session = undefined
    this.#delivered.clear()
    if (reason === 'disconnected') handler.closed(session, reason)
    else {
      const closed = (): void => {
        if (this.#network.handler === handler) handler.closed(session, reason)
      }
      handler.uplink(session, 'state', this.#will).then(closed, closed)
    }
    this.sever()
  }

  #send(session: LinkSession, payload: Uint8Array, delivered?: () => void): SendOutcome {
    if (this.#session !== session) return 'closed'
    this.#network.traffic.sent(this.sn, payload)
    const token = (this.#tokens += 1)
    if (delivered !== undefined) this.#delivered.set(token, delivered)
    if (this.#wire.swallows()) return 'queued'
    this.#wire.carry('down', true, () => {
      if (this.#terminalIsThere) this.#events.packet(payload, token)
    })
    return 'queued'
  }

  #acknowledge(token: number): void {
    if (token === 0 || this.#wire.breaksAtPuback()) return
    this.#wire.carry('down', false, () => {
      if (this.#terminalIsThere) this.#events.acknowledged(token)
    })
  }

  #arrive(channel: Channel, payload: Uint8Array, token: number): void {
    const { handler, traffic } = this.#network
    const session = this.#session
    if (session === undefined || handler === undefined) return
    const arrival = this.#network.nextArrival()
    traffic.arrived(this.sn, arrival, payload)
    handler.uplink(session, channel, payload).then(
      (outcome) => {
        if (this.#session !== session) return
        traffic.acknowledged(this.sn, arrival, outcome.ok ? undefined : outcome.code)
        this.#acknowledge(token)
      },
      () => {
        if (this.#session === session) this.endAtServer('records-unavailable')
      },
    )
  }
}

export class VirtualLink implements WorldLink {
  readonly perils: readonly Peril[] = []
  readonly world: World
  readonly chance: Prng
  readonly traffic: Traffic
  readonly #between: (own: LinkHandler) => LinkHandler
  #handler: LinkHandler | undefined
  readonly #lines = new Map<string, Line>()
  readonly #connecting = new Set<Line>()
  #sessions = 0
  #arrivals = 0

  constructor(world: World, traffic: Traffic, between: Between = {}) {
    this.world = world
    this.traffic = traffic
    this.#between = between.handler ?? ((own) => own)
    this.chance = world.chance('network')
  }

  get handler(): LinkHandler | undefined {
    return this.#handler
  }

  nodeEnd(): NodeEnd {
    return {
      serve: (core) => {
        this.#handler = this.#between(core.linkHandler)
      },
      died: () => {
        this.#handler = undefined
        for (const line of [...this.#lines.values(), ...this.#connecting]) line.serverDied()
      },
    }
  }

  calmDown(): void {
    // It has broken no promise.
  }

  /** What is said on a line is heard on that line alone. */
  sayAgain(): number {
    return 0
  }

  nextSessionId(): number {
    return (this.#sessions += 1)
  }

  nextArrival(): number {
    return (this.#arrivals += 1)
  }

  /** The newest session of a terminal ends the one before. */
  newest(line: Line): void {
    const before = this.#lines.get(line.sn)
    this.#lines.set(line.sn, line)
    if (before !== line) before?.endAtServer('replaced')
  }

  breakOne(sn: string): boolean {
    const line = this.#lines.get(sn)
    if (line?.isUp !== true) return false
    line.sever()
    return true
  }

  transportOf(made: Made): Transport {
    return {
      connect: ({ will }: LinkOptions, events: LinkEvents): Link => {
        const line = new Line(this, made, events, will)
        this.world.time.after(within(this.chance, this.world.faults.network.delay), () => {
          this.#connecting.add(line)
          void line.connect().finally(() => this.#connecting.delete(line))
        })
        return {
          publish: (message) => line.publish(message),
          puback: (token) => line.puback(token),
          close: () => line.leave(),
          cut: () => line.vanish(),
        }
      },
    }
  }
}
