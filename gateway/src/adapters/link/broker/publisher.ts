/**
 * One of the connections that publish: at most so many unacknowledged at a time, the rest waiting in order
 * within a bound of count and bytes. What waits is asked once more before it leaves whether it is still
 * meant. Nothing is kept for after the connection: whoever owns a lane is told, and sends what counts.
 */
import { downTopic } from '@tillgate/protocol'
import type { IPubackPacket, Packet } from 'mqtt-packet'

import type { Downlink } from '../../../core/ports/broker.js'
import type { SendOutcome } from '../../../core/ports/link.js'
import type { Log } from '../../../core/ports/log.js'
import type { TimerHandle } from '../../../core/ports/system.js'
import type { Accepted } from './connection.js'
import type { Counters } from './counters.js'
import { Line, type LineParts } from './line.js'

export interface PublisherParts extends LineParts {
  readonly counters: Counters
  readonly log: Log
  /** Up again; what was on its way before may be lost. */
  resumed(): void
  changed(isUp: boolean, reason: string): void
}

const packetIdMax = 65_535
/** Fixed header, topic, properties: more than they ever take. */
const overheadBytes = 128

export class Publisher {
  readonly #parts: PublisherParts
  readonly #line: Line
  readonly #inFlight = new Set<number>()
  #waiting: Downlink[] = []
  #waitingBytes = 0
  #window = 0
  #packetBytesMax = 0
  #lastPacketId = 0
  #wasUp = false
  #hasMoved = false
  #stuckTimer: TimerHandle | undefined

  constructor(parts: PublisherParts) {
    this.#parts = parts
    this.#line = new Line(parts, {
      up: (accepted) => this.#up(accepted),
      packet: (packet) => this.#onPacket(packet),
      room: () => this.#pump(),
      down: (reason) => this.#down(reason),
    })
  }

  get isUp(): boolean {
    return this.#line.isUp
  }

  start(): void {
    this.#line.start()
  }

  stop(): void {
    this.#line.stop(true)
  }

  publish(downlink: Downlink): SendOutcome {
    const { limits, counters } = this.#parts
    if (!this.isUp) return 'closed'
    const { length } = downlink.payload
    if (length + overheadBytes > this.#packetBytesMax) {
      this.#parts.log.error('the broker takes no packet of this size', { bytes: length })
      return 'full'
    }
    if (this.#waiting.length === 0 && this.#hasRoom()) {
      this.#send(downlink)
      return 'queued'
    }
    const isFull =
      this.#waiting.length >= limits.publishesQueuedMax ||
      this.#waitingBytes + length > limits.publishBytesQueuedMax
    if (isFull) {
      counters.count('full')
      return 'full'
    }
    this.#waiting.push(downlink)
    this.#waitingBytes += length
    return 'queued'
  }

  #up({ receiveMaximum, packetBytesMax }: Accepted): void {
    this.#window = Math.min(receiveMaximum, this.#parts.limits.publishesInFlightMax)
    this.#packetBytesMax = packetBytesMax
    this.#parts.changed(true, '')
    if (this.#wasUp) this.#parts.resumed()
    this.#wasUp = true
  }

  #down(reason: string): void {
    const lost = this.#inFlight.size + this.#waiting.length
    if (lost > 0) this.#parts.counters.count('publishes-lost', lost)
    this.#inFlight.clear()
    this.#waiting = []
    this.#waitingBytes = 0
    this.#stuckTimer?.cancel()
    this.#stuckTimer = undefined
    this.#parts.changed(false, reason)
  }

  #hasRoom(): boolean {
    return this.#inFlight.size < this.#window && this.#line.connection?.isFull === false
  }

  #send({ sn, payload }: Downlink): void {
    const { limits, counters } = this.#parts
    const messageId = this.#nextPacketId()
    this.#inFlight.add(messageId)
    counters.count('published')
    this.#line.connection?.send({
      cmd: 'publish',
      topic: downTopic(sn),
      qos: 1,
      dup: false,
      retain: false,
      messageId,
      payload: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength),
      properties: { messageExpiryInterval: limits.messageExpiryS },
    })
    this.#watch()
  }

  #onPacket(packet: Packet): void {
    if (packet.cmd !== 'puback') {
      return this.#line.breakOff(`the broker sent an unexpected ${packet.cmd}`)
    }
    this.#onPuback(packet)
  }

  #onPuback({ messageId, reasonCode = 0 }: IPubackPacket): void {
    const { counters, log } = this.#parts
    if (messageId === undefined || !this.#inFlight.delete(messageId)) return
    this.#hasMoved = true
    if (reasonCode >= 0x80) {
      counters.count('publishes-refused')
      log.warn('the broker refused a publish', { reasonCode })
    } else counters.count('publishes-acknowledged')
    this.#pump()
  }

  #pump(): void {
    let taken = 0
    for (const downlink of this.#waiting) {
      if (!this.#hasRoom()) break
      taken += 1
      this.#waitingBytes -= downlink.payload.length
      if (downlink.isMeant()) this.#send(downlink)
      else this.#parts.counters.count('publishes-overtaken')
    }
    if (taken > 0) this.#waiting = this.#waiting.slice(taken)
  }

  #nextPacketId(): number {
    do {
      this.#lastPacketId = (this.#lastPacketId % packetIdMax) + 1
    } while (this.#inFlight.has(this.#lastPacketId))
    return this.#lastPacketId
  }

  /** A broker that acknowledges nothing is left for another connection. */
  #watch(): void {
    const { timers, limits } = this.#parts
    if (this.#stuckTimer !== undefined) return
    this.#hasMoved = false
    this.#stuckTimer = timers.after(limits.unacknowledgedMsMax, () => {
      this.#stuckTimer = undefined
      if (this.#inFlight.size === 0) return
      if (this.#hasMoved) this.#watch()
      else this.#line.breakOff('the broker acknowledges nothing')
    })
  }
}
