/**
 * WebSocket upgrades as requests of the API: they pass the same hooks (drain, gate, quotas, schemas),
 * and a refusal is a problem as anywhere. Only a route that asks for it takes the connection over.
 */
import { ServerResponse, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { WebSocketServer, type WebSocket } from 'ws'

import { invalidField } from '../problems/problem.js'

interface Waiting {
  readonly socket: Socket
  readonly head: Buffer
  readonly response: ServerResponse
}

export interface Upgrades {
  wanted(request: FastifyRequest): boolean
  /** Throws where it is no handshake (RFC 6455 §4.2.1). Nothing is awaited: `taken` runs at once. */
  take(request: FastifyRequest, reply: FastifyReply, taken: (socket: WebSocket) => void): void
}

const isHandshake = ({ headers }: IncomingMessage): boolean =>
  /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '') &&
  headers['sec-websocket-version'] === '13'

const ignored = (): void => undefined

export const addUpgrades = (
  app: FastifyInstance,
  { messageBytesMax }: { readonly messageBytesMax: number },
): Upgrades => {
  const waiting = new WeakMap<IncomingMessage, Waiting>()
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: messageBytesMax,
    // The library would answer each ping of a client that does not read, without end.
    autoPong: false,
  })

  app.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', ignored)
    // With the upgrade its body was given up, so that nothing but a GET can be answered.
    if (request.method !== 'GET') {
      socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
      return socket.destroySoon()
    }
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(socket)
    response.once('finish', () => {
      response.detachSocket(socket)
      // Nobody watches this connection any more: it must not stay half open.
      socket.destroySoon()
    })
    waiting.set(request, { socket, head, response })
    app.routing(request, response)
  })

  return {
    wanted: (request) =>
      waiting.has(request.raw) && request.headers.upgrade?.toLowerCase() === 'websocket',
    take(request, reply, taken) {
      const one = waiting.get(request.raw)
      if (one === undefined) throw new Error('no upgrade waits here')
      if (!isHandshake(request.raw)) {
        throw invalidField('Upgrade', 'must be a WebSocket handshake of version 13')
      }
      const { socket, head, response } = one
      waiting.delete(request.raw)
      reply.hijack()
      response.detachSocket(socket)
      server.handleUpgrade(request.raw, socket, head, (webSocket) => {
        // A frame that breaks the rules: the library closes with its own code.
        webSocket.on('error', ignored)
        webSocket.on('ping', (data) => {
          if (webSocket.bufferedAmount < messageBytesMax) webSocket.pong(data)
        })
        taken(webSocket)
      })
    },
  }
}
