/** MQTT over TLS: one TLS socket, one wire. */
import { createServer } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import type { CounterName } from '../counters.js'
import type { ListenerLimits } from '../limits.js'
import type { Endpoint, OnWire } from './endpoint.js'
import { Front } from './front.js'
import type { FrontParts } from './front.js'
import { certificateSha256, tlsOptions } from './tls-options.js'
import type { TlsSettings } from './tls-options.js'
import type { Wire, WireEvents } from './wire.js'

export interface TlsPort {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
}

export const tlsEndpoint = (
  at: TlsPort,
  settings: TlsSettings,
  parts: FrontParts,
  onWire: OnWire,
): Endpoint => {
  const { limits, counters } = parts
  const server = createServer(tlsOptions(settings, limits))
  const front = new Front(parts, (socket) => server.emit('connection', socket))
  server.on('tlsClientError', () => counters.count('handshake-failed'))
  server.on('secureConnection', (socket) => {
    socket.on('error', () => undefined)
    counters.count(handshakeOf(socket))
    const doorway = front.claim(socket)
    const sha256 = certificateSha256(socket)
    if (sha256 === undefined) counters.count('without-certificate')
    if (doorway === undefined || sha256 === undefined) socket.destroy()
    else onWire(new TlsWire(socket, sha256), doorway)
  })
  return {
    listen: () => front.listen(at.host, at.port),
    close: () => front.close(),
    renew: (next) => renew(server, next, limits),
  }
}

/** A new context forgets ticket keys that it isn't given again, and every ticket with them. */
export const renew = (
  server: ReturnType<typeof createServer>,
  settings: TlsSettings,
  limits: ListenerLimits,
): void => {
  const ticketKeys = settings.ticketKeys ?? server.getTicketKeys()
  server.setSecureContext(tlsOptions({ ...settings, ticketKeys }, limits))
}

export const handshakeOf = (socket: TLSSocket): CounterName =>
  socket.isSessionReused() ? 'handshake:resumed' : 'handshake:full'

class TlsWire implements Wire {
  readonly transport = 'tls'
  readonly remoteAddress: string
  readonly certificateSha256: Uint8Array
  readonly resumed: boolean
  readonly #socket: TLSSocket

  constructor(socket: TLSSocket, sha256: Uint8Array) {
    this.#socket = socket
    this.remoteAddress = socket.remoteAddress ?? ''
    this.certificateSha256 = sha256
    this.resumed = socket.isSessionReused()
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength
  }

  attach(events: WireEvents): void {
    this.#socket.on('data', (chunk: Buffer) => events.data(chunk))
    this.#socket.once('close', () => events.closed())
  }

  write(bytes: Uint8Array, flushed: () => void): void {
    if (this.#socket.writable) this.#socket.write(bytes, (error) => error ?? flushed())
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  end(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }
}
