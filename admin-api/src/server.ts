/**
 * The HTTP server under the API: HTTPS with a certificate of Tillgate's CA, because tokens travel;
 * plain HTTP on loopback only, for who terminates TLS in front on the same machine. Opens the port,
 * drains it, closes it.
 */
import { createServer as createHttpServer } from 'node:http'
import type { Server, ServerOptions } from 'node:http'
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { FastifyServerFactory } from 'fastify'

import { buildApi } from './api.js'
import { apiLimits } from './limits.js'
import type { ApiServices } from './services.js'

export interface ServerOptionsOfApi {
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
  /** Answers what is in flight, refuses what is new, then closes. */
  drain(): Promise<void>
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

export const openApiServer = async (
  services: ApiServices,
  options: ServerOptionsOfApi,
): Promise<ApiServer> => {
  let draining = false
  const app = await buildApi(services, {
    isDraining: () => draining,
    serverFactory: (handler) => makeServer(options, handler),
  })
  await app.listen({ host: options.host, port: options.port })
  const { server } = app
  return {
    port: (server.address() as AddressInfo).port,
    setTls({ key, cert }) {
      if (server instanceof HttpsServer)
        server.setSecureContext({ key, cert, minVersion: 'TLSv1.2' })
    },
    async drain() {
      draining = true
      await app.close()
    },
    async stop() {
      draining = true
      server.closeAllConnections()
      await app.close()
    },
  }
}
