/**
 * The words of the session machine: its states, what comes in, what it wants done. All of it is data.
 * Times are monotonic milliseconds.
 */
import type { Packet as OutboundPacket } from 'mqtt-packet'
import type { ErrorCode } from '@tillgate/protocol'
import type {
  Admission,
  Admitted,
  Channel,
  CloseReason,
  UplinkOutcome,
} from '../../../../core/ports/link.js'
import type { DurationMs } from '../../../../core/ports/system.js'
import type { FrameFault } from '../../frame-gate.js'
import type { PacketFault } from '../packets/byte-reader.js'
import type { Connect, InboundPacket, MqttVersion } from '../packets/inbound.js'
import type { DownlinkQueue, Ticket } from './downlink-queue.js'
import type { UplinkWindow } from './uplink-window.js'

export interface KeepAlive {
  readonly limitMs: DurationMs
  /** When the last whole packet came. */
  readonly heardAt: DurationMs
  /** Since when we don't read, if we don't. */
  readonly stoppedAt: DurationMs | undefined
  /** Overdue once already; the socket is given one more look. */
  readonly suspect: boolean
}

export interface Client {
  readonly version: MqttVersion
  readonly sn: string
  readonly topics: { readonly down: string; readonly up: string; readonly state: string }
  /** What CONNECT asked for; a DISCONNECT may not raise it from 0. */
  readonly sessionExpiryS: number
}

/** Nothing is known yet but a socket. */
export interface AwaitingConnect {
  readonly phase: 'awaiting-connect'
}

/** The handler has been asked; nothing more is read. */
export interface Admitting {
  readonly phase: 'admitting'
  readonly connect: Connect
}

export interface Connected {
  readonly phase: 'connected'
  readonly client: Client
  /** Cleared by a DISCONNECT with 0x00 [MQTT-3.14.4-3]. */
  readonly will: Uint8Array | undefined
  readonly keepAlive: KeepAlive
  /** Granted for `down`; undefined while not subscribed. */
  readonly grantedQos: 0 | 1 | undefined
  readonly uplinks: UplinkWindow
  readonly downlinks: DownlinkQueue
  /** The socket takes no more output for now. */
  readonly outputFull: boolean
  /** No further PUBLISH is begun; it ends when what was begun is answered. */
  readonly draining: boolean
}

/**
 * Another state with one field set anew. Field by field: a spread that sets a field anew costs V8 ten to
 * twenty times as much, and every packet makes some of these.
 */
const connected = (
  { client, will, grantedQos, outputFull, draining }: Connected,
  keepAlive: KeepAlive,
  uplinks: UplinkWindow,
  downlinks: DownlinkQueue,
): Connected => ({
  phase: 'connected',
  client,
  will,
  keepAlive,
  grantedQos,
  uplinks,
  downlinks,
  outputFull,
  draining,
})

export const heardAt = (state: Connected, at: DurationMs): Connected => {
  const { limitMs, stoppedAt } = state.keepAlive
  const keepAlive = { limitMs, heardAt: at, stoppedAt, suspect: false }
  return connected(state, keepAlive, state.uplinks, state.downlinks)
}

export const withUplinks = (state: Connected, uplinks: UplinkWindow): Connected =>
  connected(state, state.keepAlive, uplinks, state.downlinks)

export const withDownlinks = (state: Connected, downlinks: DownlinkQueue): Connected =>
  connected(state, state.keepAlive, state.uplinks, downlinks)

/** Our last word has been said; the socket is on its way down. */
export interface Closing {
  readonly phase: 'closing'
}

export type SessionState = AwaitingConnect | Admitting | Connected | Closing

export type TimerName = 'deadline' | 'unread' | 'drain' | 'stalled'

export type SessionInput =
  | { readonly kind: 'packet'; readonly packet: InboundPacket }
  | {
      readonly kind: 'packet-fault'
      readonly fault: PacketFault
      readonly level: number | undefined
    }
  | { readonly kind: 'frame-fault'; readonly fault: FrameFault }
  | { readonly kind: 'admission'; readonly admission: Admission }
  | { readonly kind: 'admission-failed' }
  | { readonly kind: 'uplink-answered'; readonly number: number; readonly outcome: UplinkOutcome }
  | { readonly kind: 'uplink-failed' }
  /** Only after `sendOutcome` said `queued`. */
  | { readonly kind: 'send'; readonly payload: Uint8Array; readonly ticket: Ticket }
  | { readonly kind: 'output-full' }
  | { readonly kind: 'output-free' }
  /** Written and not taken by the peer for too long. */
  | { readonly kind: 'output-stuck' }
  | { readonly kind: 'timer'; readonly timer: TimerName }
  | { readonly kind: 'drain' }
  | { readonly kind: 'close'; readonly reason: CloseReason }
  /** The socket has ended, whoever ended it. */
  | { readonly kind: 'gone' }

export type SessionEffect =
  | { readonly do: 'admit'; readonly connect: Connect }
  /** Takes the serial number's place, which closes an older session of it. */
  | { readonly do: 'enter'; readonly admission: Admitted; readonly version: MqttVersion }
  | { readonly do: 'opened' }
  | { readonly do: 'subscribed' }
  | {
      readonly do: 'uplink'
      readonly number: number
      readonly channel: Channel
      readonly payload: Uint8Array
    }
  | { readonly do: 'delivered'; readonly tell: () => void }
  | { readonly do: 'write'; readonly packet: OutboundPacket; readonly version: MqttVersion }
  | { readonly do: 'arm'; readonly timer: TimerName; readonly ms: DurationMs }
  | { readonly do: 'disarm'; readonly timer: TimerName }
  | { readonly do: 'destroy' }
  /** Before CONNACK: nobody has been told of a session, so nobody is told of its end. */
  | { readonly do: 'refuse'; readonly why: Refusal }
  /** A session ends; the will, where it still stands, goes to the handler first. */
  | {
      readonly do: 'end'
      readonly reason: CloseReason
      readonly why: string
      readonly will: Uint8Array | undefined
    }

export interface Refusal {
  readonly rule: string
  readonly code?: ErrorCode
}

export interface Step<State extends SessionState = SessionState> {
  readonly state: State
  readonly effects: readonly SessionEffect[]
}

export const closing: Closing = { phase: 'closing' }

/** Nothing to do, and `_because` says to the reader why. */
export const ignore = <State extends SessionState>(
  state: State,
  _because: string,
): Step<State> => ({
  state,
  effects: [],
})
