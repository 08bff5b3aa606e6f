/** MQTT over TLS, lean: one socket, the codec, one write a tick; what lasts longer lies in `tls-end.ts`. */
import type { Timers } from '../system/system.js'
import { transportLimits } from './limits.js'
import { MqttSession } from './mqtt-session.js'
import { oneWriteATick } from './one-write.js'
import { TlsEnd } from './tls-end.js'
import type { Link, LinkEvents, LinkOptions, Transport } from './transport.js'

export interface TlsTransportOptions {
  readonly host: string
  readonly port: number
  readonly timers: Timers
  readonly version?: 4 | 5
  readonly keepAliveS?: number
  /** Instead of what came with enrolment. */
  readonly ca?: string
  /** Off: every connection is a full handshake. */
  readonly resume?: boolean
}

export interface TlsTransport extends Transport {
  lastWasResumed(): boolean
}

export const createTlsTransport = (options: TlsTransportOptions): TlsTransport => {
  const end = new TlsEnd(options)
  const mqttOptions = {
    version: options.version ?? 4,
    keepAliveS: options.keepAliveS ?? transportLimits.keepAliveSDefault,
    timers: options.timers,
  }
  return {
    lastWasResumed: () => end.lastWasResumed(),
    connect: (link: LinkOptions, events: LinkEvents): Link => {
      const socket = end.connect(link.identity)
      const out = oneWriteATick((bytes) => void socket.write(bytes))
      const mqtt = new MqttSession(link, events, mqttOptions, {
        write: out.write,
        flush: out.flush,
        destroy: () => {
          out.drop()
          socket.destroy()
        },
      })
      let reason = 'the connection ended'
      socket.on('secureConnect', () => mqtt.start())
      socket.on('data', (bytes) => mqtt.received(bytes))
      socket.on('error', (error) => {
        reason = error.message
      })
      socket.on('close', () => mqtt.ended(reason))
      return mqtt
    },
  }
}
