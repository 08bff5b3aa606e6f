/**
 * One socket and its session: cuts frames, feeds the session machine, carries its effects out in
 * order. It decides nothing. The state is always new before an effect runs, so a handler may call
 * `send` or `close` from within; what that causes comes after what is still to be done.
 * A bug on one connection costs that connection and is logged: never the process.
 */
import type { Packet as OutboundPacket } from 'mqtt-packet'
import type {
  Admitted,
  Channel,
  CloseReason,
  LinkHandler,
  LinkSession,
  SendOutcome,
  UplinkOutcome,
} from '../../../core/ports/link.js'
import type { Log } from '../../../core/ports/log.js'
import type { Clock, TimerHandle, Timers } from '../../../core/ports/system.js'
import type { Counters } from './counters.js'
import { FrameGate } from '../frame-gate.js'
import type { ListenerLimits } from './limits.js'
import { LiveSession } from './live-session.js'
import { Output } from './output.js'
import { claimedLevel } from './packets/connect.js'
import type { Connect, MqttVersion } from './packets/inbound.js'
import { readPacket } from './packets/read-packet.js'
import { writePacket } from './packets/write-packet.js'
import { reasons } from './reason-codes.js'
import type { Doorway } from './server/doorkeeper.js'
import type { Wire } from './server/wire.js'
import { sendOutcome } from './session/downlinks.js'
import { firstState, mayRead, transition } from './session/session-machine.js'
import type {
  SessionEffect,
  SessionInput,
  SessionState,
  TimerName,
} from './session/session-state.js'
import type { Sessions } from './sessions.js'

/** What all connections of a listener share. */
export interface ConnectionParts {
  readonly handler: LinkHandler
  readonly sessions: Sessions
  readonly counters: Counters
  readonly limits: ListenerLimits
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly endOfTurn: (action: () => void) => void
}

/** Type 1, flags 0 [MQTT-3.1.0-1]. */
const connectByte = 0x10
const notMqtt = {
  reason: reasons.protocolError,
  rule: '[MQTT-3.1.0-1] the first packet is CONNECT',
}

export class Connection {
  readonly #parts: ConnectionParts
  readonly #wire: Wire
  readonly #doorway: Doorway
  readonly #onGone: () => void
  readonly #gate: FrameGate
  readonly #output: Output
  readonly #timers = new Map<TimerName, TimerHandle>()
  readonly #effects: SessionEffect[] = []
  #state: SessionState = firstState
  #version: MqttVersion | undefined
  #sessionId = 0
  #session: LiveSession | undefined
  #isActing = false
  #isPumping = false
  #isPaused = false
  #isGone = false

  constructor(parts: ConnectionParts, wire: Wire, doorway: Doorway, onGone: () => void) {
    const { limits, timers, endOfTurn } = parts
    this.#parts = parts
    this.#wire = wire
    this.#doorway = doorway
    this.#onGone = onGone
    this.#gate = new FrameGate(limits.packetBytesBeforeConnectMax)
    const events = {
      full: () => this.#apply({ kind: 'output-full' }),
      free: () => this.#apply({ kind: 'output-free' }),
      stuck: () => this.#apply({ kind: 'output-stuck' }),
    }
    this.#output = new Output({ wire, timers, limits, endOfTurn, events })
    const spentMs = parts.clock.monotonic() - doorway.acceptedAt
    this.#arm('deadline', Math.max(0, limits.connectMsMax - spentMs))
    wire.attach({ data: (chunk) => this.#onData(chunk), closed: () => this.#onClosed() })
  }

  send(payload: Uint8Array, delivered: (() => void) | undefined): SendOutcome {
    const outcome = sendOutcome(this.#state, payload, this.#parts.limits)
    if (outcome === 'queued') this.#apply({ kind: 'send', payload, ticket: delivered })
    return outcome
  }

  close(reason: CloseReason): void {
    this.#apply({ kind: 'close', reason })
  }

  drain(): void {
    this.#apply({ kind: 'drain' })
  }

  #onData(chunk: Uint8Array): void {
    if (this.#state.phase === 'closing') return
    try {
      this.#gate.push(chunk)
      this.#pump()
    } catch (cause) {
      this.#fail(cause)
    }
  }

  #onClosed(): void {
    this.#isGone = true
    this.#output.stop()
    this.#apply({ kind: 'gone' })
    for (const timer of this.#timers.values()) timer.cancel()
    this.#timers.clear()
    this.#onGone()
  }

  #pump(): void {
    if (this.#isPumping) return
    this.#isPumping = true
    try {
      while (mayRead(this.#state, this.#parts.limits) && this.#readNext());
    } finally {
      this.#isPumping = false
    }
    this.#holdOrRead()
  }

  /** False when there is nothing more to cut. */
  #readNext(): boolean {
    const frame = this.#gate.next()
    if (frame.kind === 'incomplete') {
      if (this.#isStranger())
        this.#apply({ kind: 'packet-fault', fault: notMqtt, level: undefined })
      return false
    }
    if (frame.kind === 'fault') {
      this.#apply({ kind: 'frame-fault', fault: frame.fault })
      return false
    }
    const read = readPacket(frame.bytes, this.#version)
    if (read.ok) {
      if (read.packet.cmd === 'connect') this.#version ??= read.packet.version
      this.#apply({ kind: 'packet', packet: read.packet })
    } else {
      const level = this.#version ?? claimedLevel(frame.bytes)
      this.#apply({ kind: 'packet-fault', fault: read.fault, level })
    }
    return true
  }

  /** Who begins with anything but CONNECT is not waited for. */
  #isStranger(): boolean {
    const { firstByte } = this.#gate
    return this.#state.phase === 'awaiting-connect' && (firstByte ?? connectByte) !== connectByte
  }

  /** A closing session goes on reading into nothing, so that the peer gets our last word. */
  #holdOrRead(): void {
    const hold = this.#state.phase !== 'closing' && !mayRead(this.#state, this.#parts.limits)
    if (hold === this.#isPaused || this.#isGone) return
    this.#isPaused = hold
    if (hold) this.#wire.pause()
    else this.#wire.resume()
  }

  #apply(input: SessionInput): void {
    const { clock, limits } = this.#parts
    try {
      const { state, effects } = transition(this.#state, input, clock.monotonic(), limits)
      this.#state = state
      for (const effect of effects) this.#effects.push(effect)
      if (!this.#isActing) this.#act()
    } catch (cause) {
      this.#fail(cause)
    }
  }

  #act(): void {
    this.#isActing = true
    try {
      for (let next = this.#effects.shift(); next !== undefined; next = this.#effects.shift()) {
        this.#carryOut(next)
      }
    } finally {
      this.#isActing = false
    }
    if (this.#isPaused || !mayRead(this.#state, this.#parts.limits)) this.#pump()
  }

  #carryOut(effect: SessionEffect): void {
    switch (effect.do) {
      case 'write':
        return this.#write(effect.packet, effect.version)
      case 'uplink':
        return this.#uplink(effect.number, effect.channel, effect.payload)
      case 'delivered':
        return this.#tell(effect.tell)
      case 'subscribed':
        return this.#tellSession((handler, session) => handler.subscribed(session))
      case 'arm':
        return this.#arm(effect.timer, effect.ms)
      case 'disarm':
        return this.#disarm(effect.timer)
      case 'admit':
        return this.#admit(effect.connect)
      case 'enter':
        return this.#enter(effect.admission, effect.version)
      case 'opened':
        return this.#tellSession((handler, session) => handler.opened(session))
      case 'refuse':
        return this.#refuse(effect)
      case 'end':
        return this.#end(effect)
      case 'destroy':
        return this.#wire.destroy()
      default:
        return effect satisfies never
    }
  }

  #write(packet: OutboundPacket, version: MqttVersion): void {
    if (!this.#isGone) this.#output.write(writePacket(packet, version))
  }

  #admit(connect: Connect): void {
    const { certificateSha256, resumed, remoteAddress, transport } = this.#wire
    const { clientId, version: mqttVersion } = connect
    const request = { certificateSha256, clientId, mqttVersion, resumed, remoteAddress, transport }
    // Newest is who said CONNECT last, however long the records took over either of them.
    const { handler, sessions } = this.#parts
    this.#sessionId = sessions.nextId()
    promised(() => handler.admit(request)).then(
      (admission) => {
        const isLate = admission.ok && sessions.isOvertaken(admission.sn, this.#sessionId)
        if (isLate) this.#apply({ kind: 'close', reason: 'replaced' })
        else this.#apply({ kind: 'admission', admission })
      },
      (cause: unknown) => {
        this.#parts.log.warn('admission failed', { clientId, remoteAddress, cause })
        this.#apply({ kind: 'admission-failed' })
      },
    )
  }

  #enter(admission: Admitted, version: MqttVersion): void {
    const { sessions, limits, counters } = this.#parts
    this.#doorway.release()
    this.#gate.setCap(limits.packetBytesMax)
    counters.count('opened')
    const parts = { id: this.#sessionId, admission, wire: this.#wire, version }
    this.#session = new LiveSession(this, parts)
    for (const former of sessions.enter(this.#session)) former.close('replaced')
  }

  #uplink(number: number, channel: Channel, payload: Uint8Array): void {
    const session = this.#session
    if (session === undefined) return
    promised(() => this.#parts.handler.uplink(session, channel, payload)).then(
      (outcome: UplinkOutcome) => this.#apply({ kind: 'uplink-answered', number, outcome }),
      (cause: unknown) => {
        this.#parts.log.warn('uplink not durable', { sn: session.sn, channel, cause })
        this.#apply({ kind: 'uplink-failed' })
      },
    )
  }

  #refuse({ why }: Extract<SessionEffect, { do: 'refuse' }>): void {
    const { remoteAddress } = this.#wire
    this.#parts.counters.count('connect-refused')
    this.#parts.log.debug('CONNECT refused', { remoteAddress, ...why })
    this.#output.end()
  }

  #end({ reason, why, will }: Extract<SessionEffect, { do: 'end' }>): void {
    const { handler, sessions, counters, log } = this.#parts
    const session = this.#session
    counters.count(`closed:${reason}`)
    if (session !== undefined) {
      log.debug('session closed', { sn: session.sn, reason, why })
      sessions.leave(session)
      if (will !== undefined) {
        promised(() => handler.uplink(session, 'state', will)).catch((cause: unknown) => {
          log.warn('will not durable', { sn: session.sn, cause })
        })
      }
      this.#tell(() => handler.closed(session, reason))
    }
    this.#session = undefined
    if (!this.#isGone) this.#output.end()
  }

  #tellSession(say: (handler: LinkHandler, session: LinkSession) => void): void {
    const session = this.#session
    if (session !== undefined) this.#tell(() => say(this.#parts.handler, session))
  }

  /** Who is told something can't hurt the session by throwing. */
  #tell(say: () => void): void {
    try {
      say()
    } catch (cause) {
      this.#parts.log.error('a handler of the link threw', { cause })
    }
  }

  #arm(timer: TimerName, ms: number): void {
    this.#disarm(timer)
    const handle = this.#parts.timers.after(ms, () => {
      this.#timers.delete(timer)
      this.#apply({ kind: 'timer', timer })
    })
    this.#timers.set(timer, handle)
  }

  #disarm(timer: TimerName): void {
    this.#timers.get(timer)?.cancel()
    this.#timers.delete(timer)
  }

  #fail(cause: unknown): void {
    const { counters, log } = this.#parts
    counters.count('faults')
    log.error('a connection failed', { remoteAddress: this.#wire.remoteAddress, cause })
    this.#wire.destroy()
  }
}

/** A handler that throws has rejected. */
const promised = async <Value>(ask: () => Promise<Value>): Promise<Value> => ask()
