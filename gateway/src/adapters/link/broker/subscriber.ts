/**
 * One of the connections that take uplinks: it shares the subscription with all others of all nodes, hands
 * each uplink on at once, and acknowledges in order what the handler has answered. Nothing waits behind an
 * uplink but acknowledgements: PINGREQ and everything else go on while the records stand still.
 * Where the records can't be had it leaves, and the broker delivers again.
 */
import { parseTopic } from '@tillgate/protocol'
import type { IPublishPacket, ISubackPacket, Packet } from 'mqtt-packet'

import type { BrokerHandler } from '../../../core/ports/broker.js'
import type { Log } from '../../../core/ports/log.js'
import type { TimerHandle } from '../../../core/ports/system.js'
import type { Counters } from './counters.js'
import { Line, type LineParts } from './line.js'
import { UplinkOrder } from './uplink-order.js'

export interface SubscriberParts extends LineParts {
  readonly handler: BrokerHandler
  readonly counters: Counters
  readonly log: Log
  /** `$share/<group>/tg/1/+/up` and `…/state`. */
  readonly filters: readonly string[]
  changed(isUp: boolean, reason: string): void
}

const subscribeId = 1
const unsubscribeId = 2

export class Subscriber {
  readonly #parts: SubscriberParts
  readonly #line: Line
  /** Of the present connection: answers that come after its end are nobody's. */
  #order = new UplinkOrder()
  #heartbeats = 0
  #isSubscribed = false
  #drained: (() => void) | undefined
  #drainTimer: TimerHandle | undefined

  constructor(parts: SubscriberParts) {
    this.#parts = parts
    this.#line = new Line(parts, {
      up: () => this.#subscribe(),
      packet: (packet) => this.#onPacket(packet),
      room: () => undefined,
      down: (reason) => this.#down(reason),
    })
  }

  get isSubscribed(): boolean {
    return this.#isSubscribed
  }

  start(): void {
    this.#line.start()
  }

  /** Takes no further uplink, and leaves once those under way are acknowledged. */
  drain(): Promise<void> {
    const { connection } = this.#line
    if (connection === undefined || this.#drained !== undefined) {
      this.stop()
      return Promise.resolve()
    }
    const { timers, limits, filters } = this.#parts
    return new Promise((resolve) => {
      this.#drained = () => {
        this.#drainTimer?.cancel()
        this.#line.stop(true)
        resolve()
      }
      this.#drainTimer = timers.after(limits.drainMsMax, () => this.#drained?.())
      connection.send({
        cmd: 'unsubscribe',
        messageId: unsubscribeId,
        unsubscriptions: [...filters],
      })
    })
  }

  /** Its session stays for a while: whoever starts under this name goes on with it. */
  stop(): void {
    this.#drainTimer?.cancel()
    this.#line.stop(false)
  }

  #subscribe(): void {
    const { filters } = this.#parts
    this.#line.connection?.send({
      cmd: 'subscribe',
      messageId: subscribeId,
      subscriptions: filters.map((topic) => ({ topic, qos: 1, nl: false, rap: false, rh: 2 })),
    })
  }

  #onPacket(packet: Packet): void {
    switch (packet.cmd) {
      case 'publish':
        return this.#onPublish(packet)
      case 'suback':
        return this.#onSuback(packet)
      case 'unsuback':
        if (this.#drained !== undefined && this.#order.size === 0) this.#drained()
        return
      default:
        return this.#line.breakOff(`the broker sent an unexpected ${packet.cmd}`)
    }
  }

  #onSuback({ granted }: ISubackPacket): void {
    const refused = granted.find((code) => typeof code !== 'number' || code >= 0x80)
    if (refused !== undefined || granted.length !== this.#parts.filters.length) {
      const code = String(refused ?? 'no answer')
      return this.#line.breakOff(`the broker refused the shared subscription with ${code}`)
    }
    this.#isSubscribed = true
    this.#parts.changed(true, '')
  }

  #down(reason: string): void {
    this.#isSubscribed = false
    this.#order = new UplinkOrder()
    this.#heartbeats = 0
    this.#drained?.()
    this.#parts.changed(false, reason)
  }

  #onPublish({ topic, qos, messageId, payload }: IPublishPacket): void {
    const { counters, limits } = this.#parts
    const packetId = qos === 0 ? undefined : messageId
    if (qos === 2 || packetId === 0 || (qos === 1 && packetId === undefined)) {
      return this.#line.breakOff('the broker sent a PUBLISH that nobody asked for')
    }
    if (packetId === undefined && this.#heartbeats >= limits.heartbeatsInFlightMax) {
      return counters.count('heartbeats-dropped')
    }
    if (packetId !== undefined && this.#order.size >= limits.uplinksInFlightMax) {
      // [MQTT-3.3.4-9]
      return this.#line.breakOff('the broker ignores Receive Maximum')
    }
    counters.count('uplinks')
    // The parser's payload is a view of its own buffer: what goes up owns its bytes.
    const bytes = new Uint8Array(Buffer.from(payload))
    void this.#handle(topic, packetId, bytes)
  }

  async #handle(topic: string, packetId: number | undefined, payload: Uint8Array): Promise<void> {
    const { handler, counters, log } = this.#parts
    const order = this.#order
    const arrival = packetId === undefined ? undefined : order.arrive(packetId)
    if (arrival === undefined) this.#heartbeats += 1
    try {
      const to = parseTopic(topic)
      if (to === undefined || to.channel === 'down') counters.count('foreign-topics')
      else await handler.uplink(to.sn, to.channel, payload)
    } catch (error) {
      if (order !== this.#order) return
      counters.count('left-to-the-broker')
      log.warn('an uplink is left to the broker', { error: String(error) })
      if (arrival !== undefined) this.#line.breakOff('the records are unavailable')
      else this.#heartbeats -= 1
      return
    }
    if (order !== this.#order) return
    if (arrival === undefined) this.#heartbeats -= 1
    else this.#acknowledge(arrival.answered())
  }

  #acknowledge(packetIds: readonly number[]): void {
    for (const messageId of packetIds) {
      this.#parts.counters.count('acknowledged')
      this.#line.connection?.send({ cmd: 'puback', messageId, reasonCode: 0 })
    }
    if (this.#drained !== undefined && this.#order.size === 0) this.#drained()
  }
}
