// An API on a port of this machine, over a bench's records, and clients that follow its events. The wall
// clock and the quotas are the bench's, so that nothing of them depends on how fast a test runs; other
// spans are measured for real.
import {
  openApiServer,
  RatesInMemory,
  type ApiServer,
  type ServerOptionsOfApi,
} from '@tillgate/admin-api'
import { systemClock } from '@tillgate/gateway'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { openBench, type Bench } from './bench.js'

export interface LiveBench {
  readonly bench: Bench
  readonly server: ApiServer
}

export const openLive = async (
  options: Pick<ServerOptionsOfApi, 'live'> = {},
  services: Partial<Bench['services']> = {},
): Promise<LiveBench> => {
  const bench = await openBench()
  const { now } = bench.services.clock
  const clock = { now, monotonic: () => systemClock.monotonic() }
  const server = await openApiServer(
    { ...bench.services, ...services, clock },
    { host: '127.0.0.1', port: 0, rates: new RatesInMemory(bench.services.clock), ...options },
  )
  onTestFinished(() => server.stop())
  return { bench, server }
}

export interface LiveMessage {
  readonly cursor: string
  readonly event?: Readonly<Record<string, unknown>> & { readonly kind: string }
  readonly caughtUp?: true
  readonly heartbeat?: string
}

export interface Closed {
  readonly code: number
  readonly reason: string
}

export interface LiveClient {
  readonly socket: WebSocket
  readonly messages: readonly LiveMessage[]
  events(): readonly LiveMessage[]
  readonly closed: Promise<Closed>
  /** How the handshake was answered where it was refused. */
  readonly refused: Promise<{ readonly status: number; readonly text: string }>
}

export interface Connecting {
  readonly token?: string | null
  readonly query?: string
  readonly firstMessage?: string
}

export const connect = (
  { bench, server }: LiveBench,
  { token = bench.admin, query = '', firstMessage }: Connecting = {},
): LiveClient => {
  const socket = new WebSocket(`ws://127.0.0.1:${String(server.port)}/v1/events${query}`, {
    ...(token === null ? {} : { headers: { authorization: `Bearer ${token}` } }),
  })
  const messages: LiveMessage[] = []
  socket.on('error', () => undefined)
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString()) as LiveMessage)
  })
  if (firstMessage !== undefined) socket.on('open', () => socket.send(firstMessage))
  const closed = new Promise<Closed>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  const refused = new Promise<{ status: number; text: string }>((resolve) => {
    socket.on('unexpected-response', (_request, answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, text })
        socket.terminate()
      })
    })
  })
  onTestFinished(() => socket.terminate())
  const events = (): readonly LiveMessage[] => messages.filter(({ event }) => event !== undefined)
  return { socket, messages, events, closed, refused }
}

/** Commits one event for each name. */
export const commit = async ({ bench }: LiveBench, names: readonly string[]): Promise<void> => {
  const { records, ids, clock } = bench.services
  await Promise.all(
    names.map((name) =>
      records.submit('create-merchant', {
        uuid: ids.next(),
        publicId: name,
        acquirerCode: '48020000',
        mid: name,
        name,
        actor: 'tester',
        atMs: clock.now(),
      }),
    ),
  )
}

export const named = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, i) => `M${String(from + i)}`)

/** The names of the merchants in the events, in the order in which they came. */
export const namesIn = (messages: readonly LiveMessage[]): readonly unknown[] =>
  messages
    .filter(({ event }) => event?.kind === 'merchant.created')
    .map(({ event }) => (event?.['data'] as { merchant?: unknown }).merchant)
