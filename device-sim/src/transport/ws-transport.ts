/** MQTT over WebSocket over TLS: binary frames, subprotocol `mqtt`; the rest as in `tls-transport.ts`. */
import { Agent } from 'node:https'
import { WebSocket, type RawData } from 'ws'
import type { Timers } from '../system/system.js'
import { transportLimits } from './limits.js'
import { MqttSession } from './mqtt-session.js'
import { linkOf } from './tls-transport.js'
import type { Link, LinkEvents, LinkOptions, Transport } from './transport.js'

export interface WsTransportOptions {
  /** `wss://…/mqtt` */
  readonly url: string
  readonly timers: Timers
  readonly version?: 4 | 5
  readonly keepAliveS?: number
  readonly ca?: string
}

const bytesOf = (data: RawData): Uint8Array => {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

const socketFor = (options: WsTransportOptions, link: LinkOptions, agent: Agent): WebSocket => {
  const { key, certificate, chain } = link.identity
  return new WebSocket(options.url, 'mqtt', {
    agent,
    key,
    cert: certificate + chain,
    ca: options.ca ?? chain,
    minVersion: 'TLSv1.2',
    perMessageDeflate: false,
    maxPayload: transportLimits.packetBytesMax,
    handshakeTimeout: transportLimits.connectMsMax,
  })
}

export const createWsTransport = (options: WsTransportOptions): Transport => {
  // Keeps TLS sessions by host and certificate, so that a reconnect resumes.
  const agent = new Agent({ keepAlive: false, maxCachedSessions: 4 })
  return {
    connect: (link: LinkOptions, events: LinkEvents): Link => {
      const socket = socketFor(options, link, agent)
      let reason = 'the connection ended'
      const mqtt = new MqttSession(
        link,
        events,
        {
          version: options.version ?? 4,
          keepAliveS: options.keepAliveS ?? transportLimits.keepAliveSDefault,
          timers: options.timers,
        },
        {
          write: (bytes) => {
            if (socket.readyState === WebSocket.OPEN) socket.send(bytes)
          },
          destroy: () => socket.terminate(),
        },
      )
      socket.on('upgrade', (response) => void response.socket.setNoDelay(true))
      socket.on('open', () => mqtt.start())
      socket.on('message', (data) => mqtt.received(bytesOf(data)))
      socket.on('error', (error) => {
        reason = error.message
      })
      socket.on('close', () => mqtt.ended(reason))
      return linkOf(mqtt)
    },
  }
}
