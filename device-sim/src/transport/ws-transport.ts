/** MQTT over WebSocket over TLS: binary frames, subprotocol `mqtt`; the rest as in `tls-transport.ts`. */
import { WebSocket, type RawData } from 'ws'
import type { Timers } from '../system/system.js'
import { hostOf, portOf } from './address.js'
import { transportLimits } from './limits.js'
import { MqttSession } from './mqtt-session.js'
import { oneWriteATick } from './one-write.js'
import { TlsEnd } from './tls-end.js'
import type { TlsTransport } from './tls-transport.js'
import type { Link, LinkEvents, LinkOptions } from './transport.js'

export interface WsTransportOptions {
  /** `wss://…/mqtt` */
  readonly url: string
  readonly timers: Timers
  readonly version?: 4 | 5
  readonly keepAliveS?: number
  readonly ca?: string
  readonly resume?: boolean
}

const portDefault = 443

const bytesOf = (data: RawData): Uint8Array => {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

export const createWsTransport = (options: WsTransportOptions): TlsTransport => {
  const url = new URL(options.url)
  const end = new TlsEnd({ ...options, host: hostOf(url), port: portOf(url, portDefault) })
  const mqttOptions = {
    version: options.version ?? 4,
    keepAliveS: options.keepAliveS ?? transportLimits.keepAliveSDefault,
    timers: options.timers,
  }
  return {
    lastWasResumed: () => end.lastWasResumed(),
    connect: (link: LinkOptions, events: LinkEvents): Link => {
      const socket = new WebSocket(options.url, 'mqtt', {
        createConnection: () => end.connect(link.identity),
        perMessageDeflate: false,
        maxPayload: transportLimits.packetBytesMax,
        handshakeTimeout: transportLimits.connectMsMax,
      })
      const out = oneWriteATick((bytes) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
      })
      const mqtt = new MqttSession(link, events, mqttOptions, {
        write: out.write,
        flush: out.flush,
        destroy: () => {
          out.drop()
          socket.terminate()
        },
      })
      let reason = 'the connection ended'
      socket.on('open', () => mqtt.start())
      socket.on('message', (data) => mqtt.received(bytesOf(data)))
      socket.on('error', (error) => {
        reason = error.message
      })
      socket.on('close', () => mqtt.ended(reason))
      return mqtt
    },
  }
}
