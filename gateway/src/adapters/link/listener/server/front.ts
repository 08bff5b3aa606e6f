/**
 * The TCP side of a port: counts whoever comes, turns away above the limits, cuts who does not get
 * through TLS (and an upgrade) in time, and hands the socket to the TLS server behind, by way of the
 * anteroom. That one never listens itself: what must not cost a handshake has to be decided before it.
 */
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Clock, TimerHandle, Timers } from '../../../../core/ports/system.js'
import type { Counters } from '../counters.js'
import type { ListenerLimits } from '../limits.js'
import type { Anteroom } from './anteroom.js'
import type { Doorkeeper, Doorway } from './doorkeeper.js'

export interface FrontParts {
  readonly doorkeeper: Doorkeeper
  readonly anteroom: Anteroom
  readonly counters: Counters
  readonly limits: ListenerLimits
  readonly clock: Clock
  readonly timers: Timers
}

interface Waiting {
  readonly doorway: Doorway
  readonly socket: Socket
  /** Until it has got through. */
  timer: TimerHandle | undefined
}

export class Front {
  readonly #parts: FrontParts
  readonly #server: Server
  /** Not yet claimed, by the peer's address and port: TLS gives us a socket of its own. */
  readonly #waiting = new Map<string, Waiting>()

  constructor(parts: FrontParts, handOver: (socket: Socket) => void) {
    this.#parts = parts
    this.#server = createServer({
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: parts.limits.tcpKeepAliveMs,
      // What it says is read by TLS.
      pauseOnConnect: true,
    })
    this.#server.on('connection', (socket) => this.#accept(socket, handOver))
  }

  async listen(host: string, port: number): Promise<number> {
    const server = this.#server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port, host, backlog: this.#parts.limits.acceptQueueMax }, () => {
        server.removeListener('error', reject)
        resolve()
      })
    })
    // Accepting can fail for want of file descriptors; the next one may work.
    server.on('error', () => this.#parts.counters.count('turned-away'))
    return (server.address() as AddressInfo).port
  }

  /** The place of a socket that has got through TLS; undefined when its time was over. */
  claim(socket: TLSSocket): Doorway | undefined {
    const key = keyOf(socket)
    const waiting = this.#waiting.get(key)
    this.#waiting.delete(key)
    if (waiting === undefined) return undefined
    waiting.timer?.cancel()
    waiting.timer = undefined
    return waiting.doorway
  }

  /** No new ones; who has not been claimed is cut. Resolves when the last socket is closed. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const { socket } of this.#waiting.values()) socket.destroy()
    await closed
  }

  #accept(socket: Socket, handOver: (socket: Socket) => void): void {
    const { doorkeeper, anteroom, counters, clock, timers, limits } = this.#parts
    socket.on('error', () => undefined)
    const doorway = doorkeeper.knock(socket.remoteAddress ?? '', clock.monotonic())
    if (doorway === undefined) {
      counters.count('turned-away')
      socket.destroy()
      return
    }
    counters.count('accepted')
    const key = keyOf(socket)
    const timer = timers.after(limits.connectMsMax, () => {
      counters.count('too-slow')
      socket.destroy()
    })
    const waiting: Waiting = { doorway, socket, timer }
    this.#waiting.set(key, waiting)
    socket.once('close', () => {
      waiting.timer?.cancel()
      if (this.#waiting.get(key) === waiting) this.#waiting.delete(key)
      doorway.leave()
    })
    anteroom.enter(() => {
      if (!socket.destroyed) handOver(socket)
    })
  }
}

const keyOf = ({ remoteAddress, remotePort }: Socket): string =>
  `${String(remoteAddress)}|${String(remotePort)}`
