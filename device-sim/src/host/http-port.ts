/**
 * The back office's port: HTTPS with a bearer token. Registers TIDs, blocks and opens them, shows
 * them and their ledger; `http-routes.ts` says what each path means. Bounds and reads here, acts
 * there. Nothing that a caller sends may throw; a failed file is 503 and the outcome unknown.
 */
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Timers } from '../system/system.js'
import type { Faults } from './faults.js'
import { problem, route } from './http-routes.js'
import type { HostPolicy, HttpAnswer } from './http-routes.js'
import { hostLimits } from './limits.js'
import { listen } from './listening.js'
import type { ListeningPort } from './listening.js'
import { pause } from './pause.js'
import type { Switch } from './switch.js'

export interface HttpPortOptions {
  readonly theSwitch: Switch
  readonly timers: Timers
  readonly faults: Faults
  readonly isTokenRight: (token: string) => boolean
  readonly certificatePem: string
  readonly keyPem: string
  readonly bindAddress: string
  readonly port: number
  readonly policy: HostPolicy
}

/** Undefined: longer than it may be. */
const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > hostLimits.apiBodyBytesMax) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

const tokenOf = (request: IncomingMessage): string | undefined =>
  /^Bearer ([\x21-\x7e]{1,256})$/i.exec(request.headers.authorization ?? '')?.[1]

const answerTo = async (
  request: IncomingMessage,
  options: HttpPortOptions,
): Promise<HttpAnswer | undefined> => {
  const { theSwitch, faults, isTokenRight, policy } = options
  if (faults.plan.isUnavailable) return undefined
  const body = await readBody(request)
  if (body === undefined) return problem(413, 'too-large', 'the body is too long')
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  if (path === '/healthz') return { status: 200, body: { ok: true } }
  const token = tokenOf(request)
  if (token === undefined || !isTokenRight(token)) {
    return problem(401, 'unauthorised', 'a bearer token is needed')
  }
  if (faults.takeRefusal() !== undefined) return problem(503, 'refused', 'as a test ordered')
  try {
    const answer = await route({ theSwitch, policy }, { method: request.method ?? '', path, body })
    return faults.takeLoss() ? undefined : answer
  } catch {
    return problem(503, 'not-durable', 'the file of the host failed; the outcome is unknown')
  }
}

const write = (response: ServerResponse, { status, body }: HttpAnswer): void => {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': status >= 400 ? 'application/problem+json' : 'application/json',
    'content-length': Buffer.byteLength(text),
    // What was not read of a body that is too long must not be taken for the next request.
    ...(status === 413 ? { connection: 'close' } : {}),
  })
  response.end(text)
}

const serve = async (
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpPortOptions,
): Promise<void> => {
  try {
    const answer = await answerTo(request, options)
    await pause(options.timers, options.faults.delayMs())
    if (answer === undefined) request.socket.destroy()
    else write(response, answer)
  } catch {
    // The caller went away while its body was read.
    request.socket.destroy()
  }
}

export const openHttpPort = (options: HttpPortOptions): Promise<ListeningPort> => {
  const server = createServer(
    {
      key: options.keyPem,
      cert: options.certificatePem,
      minVersion: 'TLSv1.2',
      handshakeTimeout: hostLimits.handshakeMsMax,
      requestTimeout: hostLimits.apiRequestMsMax,
      headersTimeout: hostLimits.apiRequestMsMax,
      keepAliveTimeout: hostLimits.idleMsMax,
      maxHeaderSize: hostLimits.apiHeaderBytesMax,
    },
    (request, response) => void serve(request, response, options),
  )
  server.maxConnections = hostLimits.apiConnectionsMax
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return listen(server, sockets, options)
}
