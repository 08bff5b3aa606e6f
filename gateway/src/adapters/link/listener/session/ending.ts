/**
 * How a session ends: what is said on the wire, whether the will goes out, and that nothing comes
 * after. MQTT 5 gets a DISCONNECT with a reason (§3.14), MQTT 3.1.1 knows none from a server.
 */
import type { CloseReason } from '../../../../core/ports/link.js'
import type { ListenerLimits } from '../limits.js'
import type { MqttVersion } from '../packets/inbound.js'
import { disconnectReason, reasons, returnCodeOf } from '../reason-codes.js'
import { closing } from './session-state.js'
import type { Connected, Refusal, SessionEffect, Step } from './session-state.js'

/**
 * No will when the session ended well, when we go down ourselves (MQTT 5 §3.1.2.5 lets a server put it
 * off), or when the terminal may no longer speak.
 */
const withoutWill: ReadonlySet<CloseReason> = new Set<CloseReason>([
  'server-moved',
  'server-stopping',
  'revoked',
])

const partingTimers: readonly SessionEffect[] = [
  { do: 'disarm', timer: 'unread' },
  { do: 'disarm', timer: 'drain' },
  { do: 'disarm', timer: 'stalled' },
]

/** `reasonCode` where the wire can be told more than the reason's own code. */
export const end = (
  state: Connected,
  reason: CloseReason,
  limits: ListenerLimits,
  why: string = reason,
  reasonCode: number | undefined = disconnectReason(reason),
): Step => {
  const { version } = state.client
  const effects: SessionEffect[] = [...partingTimers]
  if (version === 5 && reasonCode !== undefined) {
    effects.push({ do: 'write', packet: { cmd: 'disconnect', reasonCode }, version })
  }
  const will = withoutWill.has(reason) ? undefined : state.will
  effects.push({ do: 'arm', timer: 'deadline', ms: limits.closeMsMax })
  effects.push({ do: 'end', reason, why, will })
  return { state: closing, effects }
}

/** The socket is gone: nothing to say, nothing to wait for. */
export const endGone = (state: Connected, reason: CloseReason): Step => ({
  state: closing,
  effects: [
    ...partingTimers,
    { do: 'disarm', timer: 'deadline' },
    { do: 'end', reason, why: reason, will: state.will },
  ],
})

/** No to a CONNECT, in the words of its version; undefined says nothing and closes. */
export const refuse = (
  version: MqttVersion | undefined,
  reasonCode: number,
  why: Refusal,
  limits: ListenerLimits,
): Step => {
  const effects: SessionEffect[] = []
  if (version === 5) {
    const packet = { cmd: 'connack', sessionPresent: false, reasonCode } as const
    effects.push({ do: 'write', packet, version })
  }
  if (version === 4) {
    const returnCode = returnCodeOf(reasonCode)
    const packet = { cmd: 'connack', sessionPresent: false, returnCode } as const
    effects.push({ do: 'write', packet, version })
  }
  effects.push({ do: 'arm', timer: 'deadline', ms: limits.closeMsMax })
  effects.push({ do: 'refuse', why })
  return { state: closing, effects }
}

export const refuseSilently = (why: Refusal, limits: ListenerLimits): Step =>
  refuse(undefined, reasons.unspecified, why, limits)
