/**
 * Everything between terminals and gateway: the gateway's `Link` and the terminals' `Transport` in one.
 * A line is one connection; it loses, repeats, delays and reorders single messages as a network with a
 * broker in it may, and its two ends notice its death at different times (half-open).
 * As a link it keeps the promises of the real one: a will before `closed`, nothing after it, one
 * session a terminal, PUBACK only after the handler's answer.
 */
import type { LinkHandler, LinkSession, CloseReason, SendOutcome, Channel } from '@tillgate/gateway'
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
import type { World } from './world.js'

/** What the network is asked to tell of: the content is read by whoever wants to know. */
export interface Traffic {
  sent(sn: string, envelope: Uint8Array): void
  arrived(sn: string, arrival: number, envelope: Uint8Array): void
  acknowledged(sn: string, arrival: number, refusal: string | undefined): void
}

type Way = 'up' | 'down'

const keepAliveMs = 30_000
/** Of what comes late; sooner is no matter of seconds. */
const soonestMs = 100

class Line {
  readonly #network: VirtualLink
  readonly #made: Made
  readonly #events: LinkEvents
  readonly #will: Uint8Array
  readonly #lastAt: Record<Way, number> = { up: 0, down: 0 }
  readonly #delivered = new Map<number, () => void>()
  #session: LinkSession | undefined
  #tokens = 0
  #terminalIsThere = true
  #isSevered = false

  constructor(network: VirtualLink, made: Made, events: LinkEvents, will: Uint8Array) {
    this.#network = network
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
    const isSwallowed = this.#isSwallowed()
    this.#carry('up', !isSwallowed, () => {
      if (isSwallowed) this.#acknowledge(token)
      else this.#arrive(channel, payload, qos === 1 ? token : 0)
    })
  }

  puback(token: number): void {
    if (this.#breaksAtPuback()) return
    this.#carry('up', false, () => {
      const delivered = this.#delivered.get(token)
      this.#delivered.delete(token)
      if (this.#session !== undefined) delivered?.()
    })
  }

  /** DISCONNECT, then the end of the socket. */
  leave(): void {
    this.#carry('up', false, () => this.endAtServer('disconnected'))
    this.#terminalIsThere = false
  }

  /** Gone without a word: the server notices later. */
  vanish(): void {
    this.#terminalIsThere = false
    this.sever()
  }

  // --- the line itself

  /** Nothing passes any more; each end notices in its own time. */
  sever(): void {
    if (this.#isSevered) return
    this.#isSevered = true
    const { world, chance } = this.#network
    const { notice } = world.faults.network
    world.time.after(within(chance, notice), () => this.endAtServer('peer'))
    world.time.after(within(chance, notice), () => this.#endAtTerminal('the line is dead'))
  }

  /** The server's process is gone, and with it its end of the line. */
  serverDied(): void {
    this.#session = undefined
    this.sever()
  }

  #isSwallowed(): boolean {
    const { world, chance } = this.#network
    return chance.chance(world.faults.network.loss)
  }

  #breaksAtPuback(): boolean {
    const { world, chance } = this.#network
    const breaks = chance.chance(world.faults.network.ackLost)
    if (breaks) this.sever()
    return breaks
  }

  #carry(way: Way, mayBeRepeated: boolean, action: () => void): void {
    const { world, chance } = this.#network
    const { delay, duplicate, late, reorders } = world.faults.network
    const pass = (delayMs: number): void => {
      const now = world.time.monotonic()
      const at = reorders ? now + delayMs : Math.max(now + delayMs, this.#lastAt[way])
      this.#lastAt[way] = at
      world.time.after(at - now, () => {
        if (!this.#isSevered) action()
      })
    }
    pass(within(chance, delay))
    if (!mayBeRepeated || !chance.chance(duplicate)) return
    const isLate = chance.chance(late)
    world.time.after(isLate ? soonestMs * (keepAliveMs / soonestMs) ** chance.float() : 0, () => {
      if (!this.#isSevered) pass(within(chance, delay))
    })
  }

  #endAtTerminal(reason: string): void {
    if (!this.#terminalIsThere) return
    this.#terminalIsThere = false
    this.#events.disconnected(reason)
  }

  // --- the server's end

  async connect(): Promise<void> {
    const { handler } = this.#network
    if (handler === undefined || this.#isSevered) return this.#turnAway()
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
      this.#carry('down', false, () => {
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
    if (this.#isSwallowed()) return 'queued'
    this.#carry('down', true, () => {
      if (this.#terminalIsThere) this.#events.packet(payload, token)
    })
    return 'queued'
  }

  #acknowledge(token: number): void {
    if (token === 0 || this.#breaksAtPuback()) return
    this.#carry('down', false, () => {
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

export class VirtualLink {
  readonly world: World
  readonly chance: Prng
  readonly traffic: Traffic
  readonly #between: (own: LinkHandler) => LinkHandler
  #handler: LinkHandler | undefined
  readonly #lines = new Map<string, Line>()
  readonly #connecting = new Set<Line>()
  #sessions = 0
  #arrivals = 0

  /** `between` stands between this link and the core, for a mutant. */
  constructor(
    world: World,
    traffic: Traffic,
    between: (own: LinkHandler) => LinkHandler = (own) => own,
  ) {
    this.world = world
    this.traffic = traffic
    this.#between = between
    this.chance = world.chance('network')
  }

  get handler(): LinkHandler | undefined {
    return this.#handler
  }

  serve(handler: LinkHandler): void {
    this.#handler = this.#between(handler)
  }

  serverDied(): void {
    this.#handler = undefined
    for (const line of [...this.#lines.values(), ...this.#connecting]) line.serverDied()
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

  /** A line that stands breaks; false where none does. */
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
