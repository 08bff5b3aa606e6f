/**
 * One MQTT 5 connection to a broker, from dialling to its end: CONNECT, keep-alive, whole packets in and
 * out. It drives mqtt-packet directly: MQTT.js handles inbound packets strictly one after another, so an
 * acknowledgement that waits for a COMMIT would hold up PINGRESP (measured). The broker may be hostile:
 * what is too large or no MQTT ends the connection, before anything is buffered for it.
 */
import { generate, parser as createParser, type IConnectPacket, type Packet } from 'mqtt-packet'

import type { TimerHandle, Timers } from '../../../core/ports/system.js'
import { FrameGate } from '../frame-gate.js'
import type { BrokerWire, WireEvents } from './broker-server.js'
import type { BrokerLimits } from './limits.js'

/** What the broker said about itself in CONNACK. */
export interface Accepted {
  readonly receiveMaximum: number
  readonly packetBytesMax: number
}

export interface ConnectionEvents {
  up(accepted: Accepted): void
  packet(packet: Packet): void
  /** There is room again after `isFull`. */
  room(): void
  /** Once; nothing comes after it. */
  down(reason: string): void
}

export interface ConnectionParts {
  readonly timers: Timers
  readonly limits: BrokerLimits
  readonly dial: (events: WireEvents) => BrokerWire
  readonly connect: IConnectPacket
  readonly endOfTurn: (action: () => void) => void
}

/** What a broker may say to a client that only subscribes and publishes. */
const expected: ReadonlySet<Packet['cmd']> = new Set(['publish', 'puback', 'suback', 'unsuback'])
const receiveMaximumDefault = 65_535
/** Of a keep-alive. */
const pingAfter = 0.75
/** The reason of an end that we wanted. */
export const left = 'left'

export class BrokerConnection {
  readonly #parts: ConnectionParts
  readonly #events: ConnectionEvents
  readonly #wire: BrokerWire
  readonly #gate: FrameGate
  readonly #parser = createParser({ protocolVersion: 5 })
  #stage: 'dialling' | 'connecting' | 'up' | 'ended' = 'dialling'
  #gathered: Uint8Array[] = []
  #timer: TimerHandle | undefined
  #answerTimer: TimerHandle | undefined
  #hasHeard = false

  constructor(parts: ConnectionParts, events: ConnectionEvents) {
    const { timers, limits } = parts
    this.#parts = parts
    this.#events = events
    this.#gate = new FrameGate(limits.packetBytesMax)
    this.#parser.on('packet', (packet) => this.#onPacket(packet))
    this.#parser.on('error', (error: Error) => this.end(`what came is no MQTT: ${error.message}`))
    this.#timer = timers.after(limits.connectMsMax, () => this.end('no CONNACK in time'))
    this.#wire = parts.dial({
      opened: () => {
        this.#stage = 'connecting'
        this.#write(parts.connect)
      },
      received: (bytes) => this.#received(bytes),
      drained: () => {
        if (this.#stage === 'up') events.room()
      },
      ended: (reason) => {
        this.end(reason)
        this.#timer?.cancel()
      },
    })
  }

  get isFull(): boolean {
    return this.#wire.bufferedBytes >= this.#parts.limits.outputBytesMax
  }

  send(packet: Packet): void {
    if (this.#stage === 'up') this.#write(packet)
  }

  /** DISCONNECT, then the end. With `forget` the broker keeps no session of ours. */
  leave(forget: boolean): void {
    if (this.#stage === 'up') {
      const properties = forget ? { properties: { sessionExpiryInterval: 0 } } : {}
      this.#write({ cmd: 'disconnect', reasonCode: 0, ...properties })
      this.#flush()
      this.#wire.end()
    }
    this.end(left)
  }

  end(reason: string): void {
    if (this.#stage === 'ended') return
    const isLeaving = this.#stage === 'up' && reason === left
    this.#stage = 'ended'
    this.#timer?.cancel()
    this.#answerTimer?.cancel()
    this.#gathered = []
    const { timers, limits } = this.#parts
    // What was written may still leave.
    if (isLeaving) this.#timer = timers.after(limits.closeMsMax, () => this.#wire.destroy())
    else this.#wire.destroy()
    this.#events.down(reason)
  }

  #write(packet: Packet): void {
    if (this.#gathered.length === 0) this.#parts.endOfTurn(() => this.#flush())
    this.#gathered.push(generate(packet, { protocolVersion: 5 }))
  }

  #flush(): void {
    const [first, ...more] = this.#gathered
    if (first === undefined) return
    this.#gathered = []
    this.#wire.write(more.length === 0 ? first : Buffer.concat([first, ...more]))
  }

  #received(bytes: Uint8Array): void {
    if (this.#stage === 'ended') return
    // Whatever comes shows that the line stands.
    this.#hasHeard = true
    this.#gate.push(bytes)
    for (;;) {
      const frame = this.#gate.next()
      if (frame.kind === 'incomplete' || this.#isEnded()) return
      if (frame.kind === 'fault') return this.end(`the broker sent a packet that is ${frame.fault}`)
      this.#parse(frame.bytes)
    }
  }

  #isEnded(): boolean {
    return this.#stage === 'ended'
  }

  #parse(bytes: Uint8Array): void {
    try {
      this.#parser.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    } catch (error) {
      this.end(`what came is no MQTT: ${String(error)}`)
    }
  }

  #onPacket(packet: Packet): void {
    if (this.#stage === 'ended') return
    if (packet.cmd === 'pingresp') return
    if (packet.cmd === 'disconnect') {
      return this.end(`the broker said DISCONNECT ${String(packet.reasonCode ?? 0)}`)
    }
    if (this.#stage === 'connecting' && packet.cmd === 'connack') return this.#onConnack(packet)
    if (this.#stage !== 'up' || !expected.has(packet.cmd)) {
      return this.end(`the broker sent an unexpected ${packet.cmd}`)
    }
    this.#events.packet(packet)
  }

  #onConnack({ reasonCode, returnCode, properties }: Extract<Packet, { cmd: 'connack' }>): void {
    const code = reasonCode ?? returnCode ?? 0
    if (code !== 0) return this.end(`the broker refused the connection with ${String(code)}`)
    this.#stage = 'up'
    this.#timer?.cancel()
    this.#keepAlive(properties?.serverKeepAlive ?? this.#parts.limits.keepAliveS)
    this.#events.up({
      receiveMaximum: properties?.receiveMaximum ?? receiveMaximumDefault,
      packetBytesMax: properties?.maximumPacketSize ?? Number.POSITIVE_INFINITY,
    })
  }

  /** Well before the broker would part (1.5 keep-alives), whatever the answer to the one before. */
  #keepAlive(keepAliveS: number): void {
    if (this.#stage !== 'up' || keepAliveS === 0) return
    this.#timer = this.#parts.timers.after(keepAliveS * pingAfter * 1_000, () => {
      this.#write({ cmd: 'pingreq' })
      this.#awaitAnswer()
      this.#keepAlive(keepAliveS)
    })
  }

  #awaitAnswer(): void {
    if (this.#answerTimer !== undefined) return
    const { timers, limits } = this.#parts
    const unless = (inVain: () => void) => (): void => {
      this.#answerTimer = undefined
      if (!this.#hasHeard) inVain()
    }
    this.#hasHeard = false
    this.#answerTimer = timers.after(
      limits.pingMsMax,
      unless(() => {
        // A process that stood still runs its timers before it reads what has come meanwhile.
        this.#answerTimer = timers.after(
          limits.pingUnreadMs,
          unless(() => this.end('half-open: no PINGRESP')),
        )
      }),
    )
  }
}
