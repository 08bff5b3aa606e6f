/**
 * The HTTP server under the API: HTTPS with a certificate of Tillgate's CA, because tokens travel;
 * plain HTTP on loopback only, for who terminates TLS in front on the same machine. Opens the port,
 * drains it, closes it. While it drains it still listens, so that whoever asks is told that it goes.
 */
import { createServer as createHttpServer } from 'node:http'
import type { Server, ServerOptions, ServerResponse } from 'node:http'
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { FastifyServerFactory } from 'fastify'

import { buildApi, type ApiOptions } from './api.js'
import { apiLimits } from './limits.js'
import type { ApiServices } from './services.js'

export interface ServerOptionsOfApi extends Pick<ApiOptions, 'rates' | 'live' | 'serves'> {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** PEM. Without it: plain HTTP, refused on anything but a loopback address. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

export interface ApiServer {
  readonly port: number
  /** For connections from now on; nothing where it speaks plain HTTP. */
  setTls(tls: { readonly key: string; readonly cert: string }): void
  /**
   * Refuses what is new, with 503; sends live sockets away. Resolves when what was in flight has been
   * answered and they are gone.
   */
  drain(): Promise<void>
  /** Listens no more, answers what came meanwhile, then closes. */
  close(): Promise<void>
  /** Closes every connection now. */
  stop(): Promise<void>
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

export const isLoopback = (host: string): boolean => loopback.has(host)

const limits: ServerOptions = {
  requestTimeout: apiLimits.requestMsMax,
  headersTimeout: apiLimits.headersMsMax,
  keepAliveTimeout: apiLimits.keepAliveMsMax,
  maxHeaderSize: apiLimits.headerBytesMax,
}

const makeServer = (options: ServerOptionsOfApi, handler: Parameters<FastifyServerFactory>[0]) => {
  const { tls } = options
  if (tls === undefined && !isLoopback(options.host)) {
    throw new Error(`plain HTTP is for loopback only, not for ${options.host}`)
  }
  const server: Server =
    tls === undefined
      ? createHttpServer(limits, handler)
      : createHttpsServer({ ...limits, ...tls, minVersion: 'TLSv1.2' }, handler)
  server.maxConnections = apiLimits.connectionsMax
  return server
}

/** What is being answered, and on which connections: those in a TLS handshake are connections too. */
class Traffic {
  readonly #answers = new Set<ServerResponse>()
  readonly #connections = new Set<Socket>()

  watch(server: Server): void {
    server.on('request', (_request, response) => {
      this.#answers.add(response)
      response.once('close', () => this.#answers.delete(response))
    })
    server.on('connection', (socket: Socket) => {
      this.#connections.add(socket)
      socket.once('close', () => this.#connections.delete(socket))
    })
  }

  /** Resolves when all that is in flight now has its answer, whatever comes after it. */
  async answered(): Promise<void> {
    await Promise.all(
      [...this.#answers].map(
        (response) => new Promise<void>((resolve) => response.once('close', () => resolve())),
      ),
    )
  }

  cut(): void {
    for (const socket of this.#connections) socket.destroy()
  }
}

export const openApiServer = async (
  services: ApiServices,
  options: ServerOptionsOfApi,
): Promise<ApiServer> => {
  let draining = false
  const traffic = new Traffic()
  const app = await buildApi(services, {
    isDraining: () => draining,
    behindProxy: options.tls === undefined,
    ...(options.serves === undefined ? {} : { serves: options.serves }),
    ...(options.rates === undefined ? {} : { rates: options.rates }),
    ...(options.live === undefined ? {} : { live: options.live }),
    serverFactory: (handler) => makeServer(options, handler),
  })
  const { server } = app
  traffic.watch(server)
  await app.listen({ host: options.host, port: options.port })
  const { timers } = services
  return {
    port: (server.address() as AddressInfo).port,
    setTls({ key, cert }) {
      if (server instanceof HttpsServer)
        server.setSecureContext({ key, cert, minVersion: 'TLSv1.2' })
    },
    async drain() {
      draining = true
      await Promise.all([traffic.answered(), app.live.drain()])
    },
    async close() {
      draining = true
      const closed = app.close()
      // A connection that has asked nothing has a moment to ask, and to be told to go elsewhere.
      const late = timers.after(apiLimits.closeMsMax, () => traffic.cut())
      await closed
      late.cancel()
    },
    async stop() {
      draining = true
      app.live.cut()
      const closed = app.close()
      traffic.cut()
      await closed
    },
  }
}
