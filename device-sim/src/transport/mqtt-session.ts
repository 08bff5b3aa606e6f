/**
 * MQTT as a terminal needs it, 3.1.1 or 5, over any byte stream: CONNECT with a will, one
 * subscription, QoS 1 out and in, keep-alive. No wildcards, no retained messages, no QoS 2, no MQTT
 * session: what is unacknowledged when the link ends is the machine's to repeat.
 */
import { downTopic, stateTopic, upTopic } from '@tillgate/protocol'
import { generate, parser as createParser, type IConnectPacket, type Packet } from 'mqtt-packet'
import type { TimerHandle, Timers } from '../system/system.js'
import { transportLimits } from './limits.js'
import type { Link, LinkEvents, LinkOptions, OutgoingPublish } from './transport.js'

/** The byte stream below. */
export interface Wire {
  write(bytes: Uint8Array): void
  /** What was written leaves now, not at the end of the tick. */
  flush(): void
  /** Ends it now; the session hears of it through `ended`. */
  destroy(): void
}

export interface MqttOptions {
  readonly version: 4 | 5
  readonly keepAliveS: number
  readonly timers: Timers
}

const packetIdMax = 65_535

export class MqttSession implements Link {
  readonly #link: LinkOptions
  readonly #events: LinkEvents
  readonly #options: MqttOptions
  readonly #wire: Wire
  readonly #parser: ReturnType<typeof createParser>
  #stage: 'connecting' | 'subscribing' | 'up' | 'ended' = 'connecting'
  #lastPacketId = 0
  readonly #inFlight = new Map<number, number>()
  #heldBack: OutgoingPublish[] = []
  #timer: TimerHandle | undefined
  #isPinged = false
  #isSilent = false

  constructor(link: LinkOptions, events: LinkEvents, options: MqttOptions, wire: Wire) {
    this.#link = link
    this.#events = events
    this.#options = options
    this.#wire = wire
    this.#parser = createParser({ protocolVersion: options.version })
    this.#parser.on('packet', (packet) => this.#onPacket(packet))
    this.#parser.on('error', () => this.#end('what came is no MQTT'))
    this.#timer = options.timers.after(transportLimits.connectMsMax, () =>
      this.#end('no connection in time'),
    )
  }

  /** The stream is open. */
  start(): void {
    this.#send(this.#connectPacket())
  }

  received(bytes: Uint8Array): void {
    if (this.#stage === 'ended' || this.#isSilent) return
    // Whatever comes shows that the line stands.
    this.#isPinged = false
    this.#parser.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  }

  /** The stream below is over. */
  ended(reason: string): void {
    if (!this.#isSilent) this.#end(reason)
  }

  publish(message: OutgoingPublish): void {
    if (this.#stage !== 'up') return
    if (message.qos === 1 && this.#inFlight.size >= transportLimits.inFlightMax) {
      if (this.#heldBack.length >= transportLimits.heldBackMax) this.#end('too much to say')
      else this.#heldBack.push(message)
      return
    }
    this.#publishNow(message)
  }

  puback(packetId: number): void {
    if (this.#stage === 'up' && packetId !== 0) this.#send({ cmd: 'puback', messageId: packetId })
  }

  close(): void {
    if (this.#stage === 'up') this.#send({ cmd: 'disconnect' })
    this.#wire.flush()
    this.#end('closed')
  }

  cut(): void {
    this.#end('cut')
  }

  /** Nothing passes any more; the keep-alive finds out. */
  silence(): void {
    this.#isSilent = true
  }

  #connectPacket(): IConnectPacket {
    const { sn, clientId, will } = this.#link
    const { version, keepAliveS } = this.#options
    return {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: version,
      clean: true,
      clientId,
      keepalive: keepAliveS,
      will: { topic: stateTopic(sn), payload: Buffer.from(will), qos: 0, retain: false },
      ...(version === 5
        ? {
            properties: {
              receiveMaximum: transportLimits.inFlightMax,
              maximumPacketSize: transportLimits.packetBytesMax,
            },
          }
        : {}),
    }
  }

  #publishNow({ channel, qos, payload, token }: OutgoingPublish): void {
    const { sn } = this.#link
    const topic = channel === 'up' ? upTopic(sn) : stateTopic(sn)
    const packet = { cmd: 'publish', topic, qos, dup: false, retain: false } as const
    if (qos === 0) return this.#send({ ...packet, payload: Buffer.from(payload) })
    const messageId = this.#nextPacketId()
    this.#inFlight.set(messageId, token)
    this.#send({ ...packet, messageId, payload: Buffer.from(payload) })
  }

  #nextPacketId(): number {
    do {
      this.#lastPacketId = (this.#lastPacketId % packetIdMax) + 1
    } while (this.#inFlight.has(this.#lastPacketId))
    return this.#lastPacketId
  }

  #send(packet: Packet): void {
    if (this.#isSilent) return
    this.#wire.write(generate(packet, { protocolVersion: this.#options.version }))
  }

  #onPacket(packet: Packet): void {
    if (this.#stage === 'ended') return
    switch (packet.cmd) {
      case 'connack':
        return this.#onConnack(packet.returnCode ?? packet.reasonCode ?? 0)
      case 'suback':
        return this.#onSuback(packet.granted)
      case 'publish':
        // The parser's payload is a view of its own buffer: what goes up owns its bytes.
        return this.#events.packet(
          new Uint8Array(Buffer.from(packet.payload)),
          packet.qos === 0 ? 0 : (packet.messageId ?? 0),
        )
      case 'puback':
        return this.#onPuback(packet.messageId ?? 0)
      case 'pingresp':
        return
      case 'disconnect':
        return this.#end(`the gateway said DISCONNECT ${String(packet.reasonCode ?? 0)}`)
      default:
        return this.#end(`unexpected ${packet.cmd}`)
    }
  }

  #onConnack(code: number): void {
    if (this.#stage !== 'connecting') return this.#end('a second CONNACK')
    if (code !== 0) return this.#end(`refused with ${String(code)}`)
    this.#stage = 'subscribing'
    this.#send({
      cmd: 'subscribe',
      messageId: this.#nextPacketId(),
      subscriptions: [{ topic: downTopic(this.#link.sn), qos: 1 }],
    })
  }

  #onSuback(granted: readonly unknown[]): void {
    if (this.#stage !== 'subscribing') return this.#end('a SUBACK out of place')
    const [first] = granted
    if (typeof first !== 'number' || first >= 0x80) return this.#end('subscription refused')
    this.#stage = 'up'
    this.#timer?.cancel()
    this.#startKeepAlive()
    this.#events.connected()
  }

  #onPuback(packetId: number): void {
    const token = this.#inFlight.get(packetId)
    if (token === undefined) return
    this.#inFlight.delete(packetId)
    const next = this.#heldBack.shift()
    if (next !== undefined) this.#publishNow(next)
    this.#events.acknowledged(token)
  }

  #startKeepAlive(): void {
    const { keepAliveS, timers } = this.#options
    if (keepAliveS === 0 || this.#stage === 'ended') return
    this.#timer = timers.after(keepAliveS * 1_000, () => {
      this.#isPinged = true
      this.#send({ cmd: 'pingreq' })
      this.#awaitAnswer(transportLimits.pingMsMax, () => {
        // A process that stood still runs its timers before it reads what has come meanwhile.
        this.#awaitAnswer(transportLimits.pingUnreadMs, () => this.#end('half-open: no PINGRESP'))
      })
    })
  }

  #awaitAnswer(delayMs: number, inVain: () => void): void {
    this.#timer = this.#options.timers.after(delayMs, () => {
      if (this.#isPinged) inVain()
      else this.#startKeepAlive()
    })
  }

  #end(reason: string): void {
    if (this.#stage === 'ended') return
    this.#stage = 'ended'
    this.#timer?.cancel()
    this.#heldBack = []
    this.#wire.destroy()
    this.#events.disconnected(reason)
  }
}
