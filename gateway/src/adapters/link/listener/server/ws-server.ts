/**
 * MQTT over WebSocket over TLS (MQTT 3.1.1 §6, MQTT 5 §6). Messages are a stream of bytes here: a
 * packet may be spread over several [MQTT-6.0.0-4]. No compression, no text, and no answer to plain
 * HTTP but that this is not the place for it.
 */
import { createServer } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { WebSocketServer } from 'ws'
import type { RawData, WebSocket } from 'ws'
import type { Endpoint, OnWire } from './endpoint.js'
import { Front } from './front.js'
import type { FrontParts } from './front.js'
import { certificateSha256, tlsOptions } from './tls-options.js'
import type { TlsSettings } from './tls-options.js'
import { handshakeOf, renew } from './tls-server.js'
import type { TlsPort } from './tls-server.js'
import type { Wire, WireEvents } from './wire.js'

export interface WsPort extends TlsPort {
  /** `/mqtt` where left out. */
  readonly path?: string
}

/** [MQTT-6.0.0-3]. */
const subprotocol = 'mqtt'
/** RFC 6455 §7.4.1. */
const closeCodes = { normal: 1000, unacceptable: 1003 } as const

export const wsEndpoint = (
  at: WsPort,
  settings: TlsSettings,
  parts: FrontParts,
  onWire: OnWire,
): Endpoint => {
  const { limits, counters } = parts
  const options = { ...tlsOptions(settings, limits), maxHeaderSize: limits.httpHeaderBytesMax }
  const server = createServer(options)
  const upgrades = webSockets(parts)
  const front = new Front(parts, (socket) => server.emit('connection', socket))
  server.on('tlsClientError', () => counters.count('handshake-failed'))
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    socket.on('error', () => undefined)
    counters.count(handshakeOf(socket))
    if (socket.getPeerX509Certificate() !== undefined) return
    counters.count('without-certificate')
    socket.destroy()
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  server.on('request', (_request, response) => {
    counters.count('upgrade-refused')
    response.writeHead(426, { Connection: 'close', Upgrade: 'websocket' }).end()
  })
  server.on('upgrade', (request, socket, head) => {
    const objection = objectionTo(request, at.path ?? '/mqtt')
    if (objection !== undefined || !(socket instanceof TLSSocket)) {
      counters.count('upgrade-refused')
      socket.end(`HTTP/1.1 ${objection ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`)
      return
    }
    upgrades.handleUpgrade(request, socket, head, (webSocket) => {
      const doorway = front.claim(socket)
      const sha256 = certificateSha256(socket)
      if (doorway === undefined || sha256 === undefined) webSocket.terminate()
      else onWire(new WsWire(webSocket, socket, sha256), doorway)
    })
  })
  return {
    listen: () => front.listen(at.host, at.port),
    close: () => front.close(),
    renew: (next) => renew(server, next, limits),
  }
}

const webSockets = ({ limits }: FrontParts): WebSocketServer =>
  new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.webSocketMessageBytesMax,
    maxFragments: limits.webSocketFragmentsMax,
    handleProtocols: () => subprotocol,
  })

/** The status line that an upgrade is refused with. */
const objectionTo = (request: IncomingMessage, path: string): string | undefined => {
  if (request.url?.split('?')[0] !== path) return '404 Not Found'
  const offered = request.headers['sec-websocket-protocol'] ?? ''
  const names = offered.split(',').map((name) => name.trim())
  return names.includes(subprotocol) ? undefined : '400 Bad Request'
}

class WsWire implements Wire {
  readonly transport = 'wss'
  readonly remoteAddress: string
  readonly certificateSha256: Uint8Array
  readonly resumed: boolean
  readonly #webSocket: WebSocket

  constructor(webSocket: WebSocket, socket: TLSSocket, sha256: Uint8Array) {
    this.#webSocket = webSocket
    this.remoteAddress = socket.remoteAddress ?? ''
    this.certificateSha256 = sha256
    this.resumed = socket.isSessionReused()
  }

  get bufferedBytes(): number {
    return this.#webSocket.bufferedAmount
  }

  attach(events: WireEvents): void {
    const webSocket = this.#webSocket
    webSocket.on('error', () => undefined)
    webSocket.on('message', (data, isBinary) => {
      // [MQTT-6.0.0-1]: text is no MQTT, and nothing behind it is heard.
      if (!isBinary) webSocket.close(closeCodes.unacceptable)
      else if (webSocket.readyState === webSocket.OPEN) events.data(bytesOf(data))
    })
    webSocket.once('close', () => events.closed())
  }

  write(bytes: Uint8Array, flushed: () => void): void {
    const webSocket = this.#webSocket
    if (webSocket.readyState !== webSocket.OPEN) return
    webSocket.send(bytes, (error) => error ?? flushed())
  }

  pause(): void {
    this.#webSocket.pause()
  }

  resume(): void {
    this.#webSocket.resume()
  }

  end(): void {
    this.#webSocket.close(closeCodes.normal)
  }

  destroy(): void {
    this.#webSocket.terminate()
  }
}

/** `binaryType` is Node's default, `nodebuffer`: one Buffer a message. */
const bytesOf = (data: RawData): Uint8Array => {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data)
}
