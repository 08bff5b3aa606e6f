/**
 * A terminal's way to the host: TLS with the host's certificate pinned, one request at a time per
 * connection, connections kept open between requests and resumed after. Never throws; never repeats
 * a request by itself: whether to ask again is the terminal's to decide, by its journal.
 */
import type { DurationMs, TimerHandle, Timers } from '../system/system.js'
import { ClientConnection } from './client-connection.js'
import type { ConnectionOptions, TlsMemory } from './client-connection.js'
import { hostLimits } from './limits.js'
import type { HostPort, HostRequest, HostResponse, NoResponse } from './messages.js'

export interface HostClientOptions extends ConnectionOptions {
  readonly timers: Timers
  /** From `exchange` to the answer, waiting and dialling included. */
  readonly timeoutMs?: DurationMs
  /** A connection that nobody needs is closed after this; 0: after each request. */
  readonly idleMs?: DurationMs
  /** More than one only where a fleet shares a client. */
  readonly connectionsMax?: number
}

export interface HostClient extends HostPort {
  /** Cuts what is in flight; each such request is answered `unreachable`. */
  close(): void
}

type Answer = HostResponse | NoResponse

interface Job {
  readonly request: HostRequest
  /** The first answer counts. */
  readonly give: (answer: Answer) => void
  connection: ClientConnection | undefined
}

const timeoutMsDefault = 10_000
/** Well below the host's own limit, so that it is this side that closes. */
const idleMsDefault = 60_000

const unreachable: NoResponse = { ok: false, code: 'unreachable' }
const timedOut: NoResponse = { ok: false, code: 'timeout' }

class PooledHostClient implements HostClient {
  readonly #options: HostClientOptions
  readonly #connectionsMax: number
  readonly #tls: TlsMemory = { session: undefined }
  readonly #idle = new Map<ClientConnection, TimerHandle>()
  readonly #all = new Set<ClientConnection>()
  #waiting: Job[] = []
  #isClosed = false

  constructor(options: HostClientOptions) {
    this.#options = options
    this.#connectionsMax = Math.min(options.connectionsMax ?? 1, hostLimits.clientConnectionsMax)
  }

  exchange(request: HostRequest): Promise<Answer> {
    if (this.#isClosed || this.#waiting.length >= hostLimits.clientWaitingMax) {
      return Promise.resolve(unreachable)
    }
    return new Promise((resolve) => {
      const timeoutMs = this.#options.timeoutMs ?? timeoutMsDefault
      const timer = this.#options.timers.after(timeoutMs, () => this.#timeOut(job))
      const give = (answer: Answer): void => {
        timer.cancel()
        resolve(answer)
      }
      const job: Job = { request, give, connection: undefined }
      this.#waiting.push(job)
      this.#pump()
    })
  }

  close(): void {
    this.#isClosed = true
    for (const job of this.#waiting.splice(0)) job.give(unreachable)
    for (const connection of this.#all) connection.cut()
  }

  #pump(): void {
    while (this.#waiting.length > 0 && !this.#isClosed) {
      const connection = this.#takeIdle() ?? this.#dial()
      const job = connection === undefined ? undefined : this.#waiting.shift()
      if (connection === undefined || job === undefined) return
      void this.#run(connection, job)
    }
  }

  async #run(connection: ClientConnection, job: Job): Promise<void> {
    job.connection = connection
    job.give((await connection.ask(job.request)) ?? unreachable)
    if (connection.isOpen) this.#putBack(connection)
    this.#pump()
  }

  #takeIdle(): ClientConnection | undefined {
    for (const [connection, timer] of this.#idle) {
      timer.cancel()
      this.#idle.delete(connection)
      if (connection.isOpen) return connection
    }
    return undefined
  }

  #dial(): ClientConnection | undefined {
    if (this.#all.size >= this.#connectionsMax) return undefined
    const connection: ClientConnection = new ClientConnection(this.#options, this.#tls, () => {
      this.#all.delete(connection)
      this.#idle.get(connection)?.cancel()
      this.#idle.delete(connection)
      this.#pump()
    })
    this.#all.add(connection)
    return connection
  }

  #putBack(connection: ClientConnection): void {
    const idleMs = this.#options.idleMs ?? idleMsDefault
    if (this.#isClosed || idleMs <= 0) {
      connection.cut()
      return
    }
    const timer = this.#options.timers.after(idleMs, () => connection.cut())
    this.#idle.set(connection, timer)
  }

  /** The connection goes too: an answer that still comes must not be taken for the next one's. */
  #timeOut(job: Job): void {
    this.#waiting = this.#waiting.filter((one) => one !== job)
    job.give(timedOut)
    job.connection?.cut()
  }
}

export const createHostClient = (options: HostClientOptions): HostClient =>
  new PooledHostClient(options)
