// Heartbeat (up, on the state topic): the terminal is there. With `will` set it is the MQTT will:
// the session of that nonce has ended. README.md §3 and §6.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'

export interface Heartbeat {
  readonly kind: 'heartbeat'
  readonly sessionNonce: Uint8Array
  /** Monotonic, since boot. */
  readonly uptimeMs: number
  /** 101: on mains. */
  readonly batteryPercent: number
  readonly will: boolean
}

export const readHeartbeat = (
  from: tillgate.v1.Heartbeat.$Properties,
  fields: FieldReader,
): Heartbeat => ({
  kind: 'heartbeat',
  sessionNonce: fields.bytes('sessionNonce', from.sessionNonce, wireLimits.idBytes),
  uptimeMs: fields.uint('uptimeMs', from.uptimeMs, 0, wireLimits.sequenceMax),
  batteryPercent: fields.uint(
    'batteryPercent',
    from.batteryPercent,
    0,
    wireLimits.batteryPercentMax,
  ),
  will: fields.flag('will', from.will),
})

export const writeHeartbeat = (message: Heartbeat): tillgate.v1.Heartbeat.$Properties => message
