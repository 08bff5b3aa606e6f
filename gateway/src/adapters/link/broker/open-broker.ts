/**
 * The terminals over any MQTT 5 broker with shared subscriptions, in the place of our own listener. Uplinks
 * come on several connections, downlinks leave on others. It opens without waiting for the broker and says
 * in its health what it lacks.
 */
import type { Broker, BrokerHandler, BrokerHealth, Downlink } from '../../../core/ports/broker.js'
import type { SendOutcome } from '../../../core/ports/link.js'
import type { Log } from '../../../core/ports/log.js'
import type { Clock, Entropy, EpochMs, Timers } from '../../../core/ports/system.js'
import { brokerAddress, dialBroker, type BrokerServer } from './broker-server.js'
import { left } from './connection.js'
import { Counters } from './counters.js'
import { brokerLimits, type BrokerLimits } from './limits.js'
import type { LineParts } from './line.js'
import { Publisher } from './publisher.js'
import { Subscriber } from './subscriber.js'

export interface BrokerOptions {
  readonly server: BrokerServer
  /** Client ids are made of it; two nodes of one name push each other out. */
  readonly nodeName: string
  /** All nodes that share records share this group. */
  readonly group?: string
  readonly limits?: Partial<BrokerLimits>
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly log: Log
  /** See the listener: all that one turn has to say leaves in one write. */
  readonly endOfTurn?: (action: () => void) => void
}

const groupDefault = 'tillgate'
/** Neither wildcard nor level: MQTT 5 §4.8.2. */
const isGroup = (text: string): boolean => /^[A-Za-z0-9._-]{1,64}$/.test(text)

export const openBroker = (options: BrokerOptions): Broker => new MqttBroker(options)

/** The same for the same serial number, so that a terminal's downlinks keep their order. */
const placeOf = (sn: string, places: number): number => {
  let hash = 0
  for (let i = 0; i < sn.length; i++) hash = (hash * 31 + sn.charCodeAt(i)) % 0x7fff_ffff
  return hash % places
}

class MqttBroker implements Broker {
  readonly #options: BrokerOptions
  readonly #limits: BrokerLimits
  readonly #counters = new Counters()
  readonly #group: string
  #handler: BrokerHandler | undefined
  #subscribers: readonly Subscriber[] = []
  #publishers: readonly Publisher[] = []
  #lastReason = 'not connected yet'
  #outSinceMs: EpochMs
  #isStopped = false

  constructor(options: BrokerOptions) {
    this.#options = options
    this.#limits = { ...brokerLimits, ...options.limits }
    this.#group = options.group ?? groupDefault
    if (!isGroup(this.#group)) throw new TypeError('a group is 1 to 64 of A-Z a-z 0-9 . _ -')
    const { subscribers, publishers, connectionsMax } = this.#limits
    const isInBounds = (count: number): boolean =>
      Number.isInteger(count) && count >= 1 && count <= connectionsMax
    if (!isInBounds(subscribers) || !isInBounds(publishers)) {
      throw new RangeError(`subscribers and publishers are 1 to ${String(connectionsMax)} each`)
    }
    brokerAddress(options.server.url)
    this.#outSinceMs = options.clock.now()
  }

  start(handler: BrokerHandler): Promise<void> {
    if (this.#subscribers.length > 0) throw new Error('the broker link has been started before')
    this.#handler = handler
    const { log } = this.#options
    const counters = this.#counters
    const base = `$share/${this.#group}/tg/1/+`
    const filters = [`${base}/up`, `${base}/state`]
    const changed = (isUp: boolean, reason: string): void => this.#changed(isUp, reason)
    const many = (count: number): readonly number[] =>
      Array.from({ length: count }, (_, i) => i + 1)
    this.#subscribers = many(this.#limits.subscribers).map(
      (n) =>
        new Subscriber({
          ...this.#line(`in-${String(n)}`),
          handler,
          counters,
          log,
          filters,
          changed,
        }),
    )
    const resumed = (): void => handler.resumed()
    this.#publishers = many(this.#limits.publishers).map(
      (n) => new Publisher({ ...this.#line(`out-${String(n)}`), counters, log, changed, resumed }),
    )
    for (const one of [...this.#subscribers, ...this.#publishers]) one.start()
    return Promise.resolve()
  }

  publish(downlink: Downlink): SendOutcome {
    const { length } = this.#publishers
    const first = length === 0 ? 0 : placeOf(downlink.sn, length)
    for (let i = 0; i < length; i++) {
      const publisher = this.#publishers[(first + i) % length]
      if (publisher?.isUp === true) return publisher.publish(downlink)
    }
    return 'closed'
  }

  health(): BrokerHealth {
    const hears = this.#subscribers.some(({ isSubscribed }) => isSubscribed)
    const speaks = this.#publishers.some(({ isUp }) => isUp)
    if (hears && speaks) return { ok: true, reasons: [] }
    const since = new Date(this.#outSinceMs).toISOString()
    return { ok: false, reasons: [`no broker since ${since}: ${this.#lastReason}`] }
  }

  counters(): ReadonlyMap<string, number> {
    return this.#counters.all()
  }

  async drain(): Promise<void> {
    await Promise.all(this.#subscribers.map((subscriber) => subscriber.drain()))
    this.#handler?.leaving()
  }

  stop(): Promise<void> {
    this.#isStopped = true
    for (const one of [...this.#subscribers, ...this.#publishers]) one.stop()
    return Promise.resolve()
  }

  #changed(isUp: boolean, reason: string): void {
    const { log, clock } = this.#options
    if (isUp) return this.#counters.count('connected')
    if (this.#isStopped || reason === left) return
    this.#counters.count('connections-lost')
    this.#lastReason = reason
    // The one that was the last.
    if (!this.health().ok) this.#outSinceMs = clock.now()
    log.warn('a connection to the broker has ended', { reason })
  }

  #line(name: string): LineParts {
    const { server, nodeName, clock, timers, entropy, endOfTurn = queueMicrotask } = this.#options
    const limits = this.#limits
    const hears = name.startsWith('in')
    const { username, password } = server
    return {
      clock,
      timers,
      entropy,
      limits,
      endOfTurn,
      dial: (events) => dialBroker(server, events),
      connect: {
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 5,
        // A subscriber goes on with what it had not acknowledged.
        clean: !hears,
        clientId: `tillgate-${nodeName}-${name}`,
        keepalive: limits.keepAliveS,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password: Buffer.from(password) }),
        properties: {
          sessionExpiryInterval: hears ? limits.sessionExpiryS : 0,
          receiveMaximum: limits.uplinksInFlightMax,
          maximumPacketSize: limits.packetBytesMax,
          topicAliasMaximum: 0,
        },
      },
    }
  }
}
