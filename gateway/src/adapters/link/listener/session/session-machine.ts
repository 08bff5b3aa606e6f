/**
 * The session machine: pure `transition(state, input, at) -> { state, effects }`. It decides everything
 * about one connection and touches nothing; connection.ts carries the effects out in order.
 *
 * awaiting-connect: only CONNECT may come, within `connectMsMax` of the socket's accept.
 * admitting: the handler has been asked; nothing is read, so only its answer, time and an end count.
 * connected: the terminal's three topics. An unexpected packet ends it.
 * closing: the last word is said; whatever still comes is ignored.
 */
import type { DurationMs } from '../../../../core/ports/system.js'
import type { FrameFault } from '../../frame-gate.js'
import type { ListenerLimits } from '../limits.js'
import type { InboundPacket } from '../packets/inbound.js'
import { reasons } from '../reason-codes.js'
import { onAdmission, onAdmissionFailed, onConnect, onUnreadableConnect } from './connecting.js'
import { onPuback, onSend, onUnread } from './downlinks.js'
import { end, endGone, refuse, refuseSilently } from './ending.js'
import { onSubscribe, onUnsubscribe } from './subscriptions.js'
import { isHoldFull } from './uplink-window.js'
import { onDrain, onPublish, onUplinkAnswered } from './uplinks.js'
import { closing, heardAt, ignore } from './session-state.js'
import type {
  Admitting,
  AwaitingConnect,
  Connected,
  KeepAlive,
  SessionEffect,
  SessionInput,
  SessionState,
  Step,
  TimerName,
} from './session-state.js'

export const firstState: AwaitingConnect = { phase: 'awaiting-connect' }

export const transition = (
  state: SessionState,
  input: SessionInput,
  at: DurationMs,
  limits: ListenerLimits,
): Step => withStandstill(inPhase(state, input, at, limits), at, limits)

/** Whether the next packet may be cut: not while the handler is asked, nor while something is full. */
export const mayRead = (state: SessionState, limits: ListenerLimits): boolean => {
  switch (state.phase) {
    case 'awaiting-connect':
      return true
    case 'admitting':
      return false
    case 'connected':
      return !state.outputFull && !isHoldFull(state.uplinks, limits)
    case 'closing':
      return false
    default:
      return state satisfies never
  }
}

const inPhase = (
  state: SessionState,
  input: SessionInput,
  at: DurationMs,
  limits: ListenerLimits,
): Step => {
  switch (state.phase) {
    case 'awaiting-connect':
      return whileAwaiting(state, input, limits)
    case 'admitting':
      return whileAdmitting(state, input, at, limits)
    case 'connected':
      return whileConnected(state, input, at, limits)
    case 'closing':
      return whileClosing(input)
    default:
      return state satisfies never
  }
}

/** While we don't read, the keep-alive stands still: the terminal is not to blame for that time. */
const withStandstill = (step: Step, at: number, limits: ListenerLimits): Step => {
  const { state, effects } = step
  if (state.phase !== 'connected') return step
  const stands = !mayRead(state, limits)
  const { stoppedAt, heardAt } = state.keepAlive
  if (stands === (stoppedAt !== undefined)) return step
  if (stoppedAt === undefined) {
    const stopped = { ...state, keepAlive: { ...state.keepAlive, stoppedAt: at } }
    const arm: SessionEffect = { do: 'arm', timer: 'stalled', ms: limits.stalledMsMax }
    return { state: stopped, effects: [...effects, arm] }
  }
  const keepAlive = {
    ...state.keepAlive,
    heardAt: heardAt + (at - stoppedAt),
    stoppedAt: undefined,
  }
  return {
    state: { ...state, keepAlive },
    effects: [...effects, { do: 'disarm', timer: 'stalled' }],
  }
}

const gone: Step = { state: closing, effects: [{ do: 'disarm', timer: 'deadline' }] }

const whileAwaiting = (
  state: AwaitingConnect,
  input: SessionInput,
  limits: ListenerLimits,
): Step => {
  switch (input.kind) {
    case 'packet':
      return input.packet.cmd === 'connect'
        ? onConnect(input.packet, limits)
        : refuseSilently({ rule: '[MQTT-3.1.0-1] the first packet is CONNECT' }, limits)
    case 'packet-fault':
      return onUnreadableConnect(input.fault, input.level, limits)
    case 'frame-fault':
      return refuseSilently({ rule: input.fault }, limits)
    case 'timer':
      return refuseSilently({ rule: '[MQTT-3.1.4-5] no CONNECT in time' }, limits)
    case 'drain':
    case 'close':
    case 'output-stuck':
      return refuseSilently({ rule: 'closed from here' }, limits)
    case 'gone':
      return gone
    case 'admission':
    case 'admission-failed':
    case 'uplink-answered':
    case 'uplink-failed':
    case 'send':
    case 'output-full':
    case 'output-free':
      return ignore(state, 'nothing has been asked and nothing is sent before CONNECT')
    default:
      return input satisfies never
  }
}

const whileAdmitting = (
  state: Admitting,
  input: SessionInput,
  at: DurationMs,
  limits: ListenerLimits,
): Step => {
  const { version } = state.connect
  switch (input.kind) {
    case 'admission':
      return onAdmission(state, input.admission, at, limits)
    case 'admission-failed':
    case 'timer':
      return onAdmissionFailed(state, limits)
    case 'drain':
      return refuse(version, reasons.useAnotherServer, { rule: 'drained' }, limits)
    case 'close':
    case 'output-stuck':
      return refuse(version, reasons.serverUnavailable, { rule: 'closed from here' }, limits)
    case 'gone':
      return gone
    case 'packet':
    case 'packet-fault':
    case 'frame-fault':
    case 'uplink-answered':
    case 'uplink-failed':
    case 'send':
    case 'output-full':
    case 'output-free':
      return ignore(state, 'nothing is cut, begun or sent until the handler has answered')
    default:
      return input satisfies never
  }
}

const whileConnected = (
  state: Connected,
  input: SessionInput,
  at: DurationMs,
  limits: ListenerLimits,
): Step => {
  switch (input.kind) {
    case 'packet':
      return onPacket(heardAt(state, at), input.packet, at, limits)
    case 'packet-fault': {
      const { reason, rule } = input.fault
      // A second CONNECT, of another level: 0x84 stands in CONNACK only (MQTT 5 §3.14.2.1).
      const isLevel = reason === reasons.unsupportedProtocolVersion
      const code = isLevel ? reasons.protocolError : reason
      return end(state, 'protocol-error', limits, rule, code)
    }
    case 'frame-fault':
      return onFrameFault(state, input.fault, limits)
    case 'uplink-answered':
      return onUplinkAnswered(state, input.number, input.outcome, limits)
    case 'uplink-failed':
      return end(state, 'records-unavailable', limits)
    case 'send':
      return onSend(state, input.payload, input.ticket, at, limits)
    case 'output-full':
      return { state: { ...state, outputFull: true }, effects: [] }
    case 'output-free':
      return { state: { ...state, outputFull: false }, effects: [] }
    case 'output-stuck':
      return end(state, 'quota', limits, 'the terminal does not read')
    case 'timer':
      return onTimer(state, input.timer, at, limits)
    case 'drain':
      return onDrain(state, limits)
    case 'close':
      return end(state, input.reason, limits)
    case 'gone':
      return endGone(state, 'peer')
    case 'admission':
    case 'admission-failed':
      return ignore(state, 'the handler has been asked once and has answered once')
    default:
      return input satisfies never
  }
}

const whileClosing = (input: SessionInput): Step => {
  if (input.kind === 'gone') return gone
  const isDue = input.kind === 'timer' && input.timer === 'deadline'
  if (isDue) return { state: closing, effects: [{ do: 'destroy' }] }
  return ignore(closing, 'the last word has been said')
}

const onPacket = (
  state: Connected,
  packet: InboundPacket,
  at: number,
  limits: ListenerLimits,
): Step => {
  const { version } = state.client
  switch (packet.cmd) {
    case 'publish':
      return onPublish(state, packet, limits)
    case 'puback':
      return onPuback(state, packet, at)
    case 'pingreq':
      return { state, effects: [{ do: 'write', packet: { cmd: 'pingresp' }, version }] }
    case 'subscribe':
      return onSubscribe(state, packet, limits)
    case 'unsubscribe':
      return onUnsubscribe(state, packet)
    case 'disconnect':
      return onDisconnect(state, packet.reason, packet.sessionExpiryS ?? 0, limits)
    case 'connect':
      return end(state, 'protocol-error', limits, '[MQTT-3.1.0-2] a second CONNECT')
    default:
      return packet satisfies never
  }
}

/** Only 0x00 takes the will back [MQTT-3.14.4-3]. */
const onDisconnect = (
  state: Connected,
  reason: number,
  sessionExpiryS: number,
  limits: ListenerLimits,
): Step => {
  if (sessionExpiryS > 0 && state.client.sessionExpiryS === 0) {
    const why = '[MQTT5 3.14.2.2.2] a session expiry after none in CONNECT'
    return end(state, 'protocol-error', limits, why)
  }
  const will = reason === reasons.success ? undefined : state.will
  return end({ ...state, will }, 'disconnected', limits)
}

const onFrameFault = (state: Connected, fault: FrameFault, limits: ListenerLimits): Step => {
  switch (fault) {
    case 'too-large':
      return end(state, 'packet-too-large', limits)
    case 'malformed-length': {
      const why = '[MQTT-1.5.5-1] a malformed remaining length'
      return end(state, 'protocol-error', limits, why, reasons.malformedPacket)
    }
    default:
      return fault satisfies never
  }
}

const onTimer = (state: Connected, timer: TimerName, at: number, limits: ListenerLimits): Step => {
  switch (timer) {
    case 'deadline':
      return onKeepAlive(state, at, limits)
    case 'unread':
      return onUnread(state, at, limits)
    case 'drain':
      return end(state, 'server-moved', limits)
    case 'stalled':
      return onStalled(state, limits)
    default:
      return timer satisfies never
  }
}

/**
 * Timers run before sockets are read: a node that stood still itself finds every keep-alive overdue
 * and the packets that belie it unread. So the socket gets one more look.
 */
const onKeepAlive = (state: Connected, at: number, limits: ListenerLimits): Step => {
  const { limitMs, heardAt, stoppedAt, suspect } = state.keepAlive
  const again = (ms: number, keepAlive: KeepAlive): Step => ({
    state: { ...state, keepAlive },
    effects: [{ do: 'arm', timer: 'deadline', ms }],
  })
  const left = heardAt + limitMs - (stoppedAt ?? at)
  if (stoppedAt !== undefined) {
    return again(Math.max(left, limits.keepAliveGraceMs), state.keepAlive)
  }
  if (left > 0) return again(left, state.keepAlive)
  if (!suspect) return again(limits.keepAliveGraceMs, { ...state.keepAlive, suspect: true })
  return end(state, 'keep-alive', limits)
}

/** Output that does not leave has a clock of its own; here it is the handler that does not answer. */
const onStalled = (state: Connected, limits: ListenerLimits): Step =>
  isHoldFull(state.uplinks, limits)
    ? end(state, 'records-unavailable', limits, 'the handler does not answer')
    : { state, effects: [] }
