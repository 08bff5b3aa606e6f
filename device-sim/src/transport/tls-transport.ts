/**
 * MQTT over TLS, lean: one socket, the codec, and the TLS session kept for the next connection. The
 * server is checked against the CA that came with enrolment and against nothing else.
 */
import { isIP } from 'node:net'
import { connect as tlsConnect, type TLSSocket } from 'node:tls'
import type { Timers } from '../system/system.js'
import { transportLimits } from './limits.js'
import { MqttSession } from './mqtt-session.js'
import type { Link, LinkEvents, LinkOptions, Transport } from './transport.js'

export interface TlsTransportOptions {
  readonly host: string
  readonly port: number
  readonly timers: Timers
  readonly version?: 4 | 5
  readonly keepAliveS?: number
  /** Instead of the chain's CA, for a server whose certificate somebody else signed. */
  readonly ca?: string
  /** Off: every connection is a full handshake. */
  readonly resume?: boolean
}

export interface TlsTransport extends Transport {
  /** How the last connection was made. */
  lastWasResumed(): boolean
}

const socketFor = (
  options: TlsTransportOptions,
  link: LinkOptions,
  session: Buffer | undefined,
): TLSSocket => {
  const { key, certificate, chain } = link.identity
  return tlsConnect({
    host: options.host,
    port: options.port,
    // RFC 6066 §3: a server name is never an address.
    ...(isIP(options.host) === 0 ? { servername: options.host } : {}),
    key,
    cert: certificate + chain,
    ca: options.ca ?? chain,
    minVersion: 'TLSv1.2',
    ...(session === undefined ? {} : { session }),
  })
}

export const createTlsTransport = (options: TlsTransportOptions): TlsTransport => {
  // One identity, one session: a renewed certificate must be shown, not resumed past.
  let kept: { readonly session: Buffer; readonly certificate: string } | undefined
  let wasResumed = false
  return {
    lastWasResumed: () => wasResumed,
    connect: (link: LinkOptions, events: LinkEvents): Link => {
      const { certificate } = link.identity
      const mayResume = options.resume !== false && kept?.certificate === certificate
      const socket = socketFor(options, link, mayResume ? kept?.session : undefined)
      socket.setNoDelay(true)
      const mqtt = new MqttSession(
        link,
        events,
        {
          version: options.version ?? 4,
          keepAliveS: options.keepAliveS ?? transportLimits.keepAliveSDefault,
          timers: options.timers,
        },
        { write: (bytes) => void socket.write(bytes), destroy: () => void socket.destroy() },
      )
      let reason = 'the connection ended'
      socket.on('secureConnect', () => {
        wasResumed = socket.isSessionReused()
        mqtt.start()
      })
      socket.on('session', (session) => {
        kept = { session, certificate }
      })
      socket.on('data', (bytes) => mqtt.received(bytes))
      socket.on('error', (error) => {
        reason = error.message
        // A ticket that the server no longer takes must not keep the terminal out for ever.
        kept = undefined
      })
      socket.on('close', () => mqtt.ended(reason))
      return linkOf(mqtt)
    },
  }
}

export const linkOf = (mqtt: MqttSession): Link => ({
  publish: (message) => mqtt.publish(message),
  puback: (token) => mqtt.puback(token),
  close: () => mqtt.close(),
  cut: () => mqtt.cut(),
})
