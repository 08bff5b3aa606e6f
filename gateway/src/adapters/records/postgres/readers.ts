/**
 * A few connections that only look. Each answers several queries at a time, in the order of asking; a
 * query goes to the one that has least to do. A lost connection fails what it had been asked, and comes
 * back by itself.
 */
import type { Log } from '../../../core/ports/log.js'
import { RecordsUnavailable } from '../../../core/ports/records.js'
import { QueryShapes } from '../query-shapes.js'
import type { Row } from '../query.js'
import { Recovery } from '../recovery.js'
import { connect, type ConnectOptions } from './connect.js'
import { postgresLimits } from './limits.js'
import { bugOf, faultOf, reasonOf } from './pg-error.js'
import { postgresDialect } from './postgres-dialect.js'
import type { Session } from './session.js'

export interface ReadersOptions extends ConnectOptions {
  readonly log: Log
}

interface Waiting {
  readonly go: (seat: Seat) => void
  readonly reject: (error: Error) => void
}

/** One connection, or the place where it will be again. */
class Seat {
  readonly #options: ReadersOptions
  readonly #recovery: Recovery
  readonly #onFree: () => void
  #session: Session | undefined
  #closing = false
  /** Queries that it was given; whoever gives it one counts it. */
  busy = 0
  failure: string | undefined = 'not open yet'

  constructor(options: ReadersOptions, onFree: () => void) {
    this.#options = options
    this.#onFree = onFree
    this.#recovery = new Recovery(options.timers, () => void this.open().catch(() => undefined))
  }

  async open(): Promise<void> {
    try {
      const session = await connect(this.#options, 'reader', (error) => this.#lost(session, error))
      if (this.#closing) return await session.end()
      this.#session = session
      this.failure = undefined
      this.#recovery.works()
      this.#onFree()
    } catch (error) {
      this.failure = reasonOf(error)
      if (!this.#closing) this.#recovery.failed()
      throw error
    }
  }

  async ask(name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      const session = this.#session
      if (session === undefined) throw new RecordsUnavailable(this.failure ?? 'not connected')
      return await session.objects({ name, text, values })
    } catch (error) {
      if (error instanceof RecordsUnavailable || faultOf(error) !== 'store') throw error
      throw new RecordsUnavailable(reasonOf(error), { cause: error })
    } finally {
      this.busy -= 1
      this.#onFree()
    }
  }

  async close(): Promise<void> {
    this.#closing = true
    this.#recovery.stop()
    this.failure = 'closed'
    await this.#session?.end()
  }

  #lost(session: Session, error: Error): void {
    if (this.#session !== session) return
    this.#session = undefined
    if (this.#closing) return
    this.failure = reasonOf(error)
    this.#onFree()
    this.#options.log.error('records unavailable', { role: 'reader', reason: this.failure })
    this.#recovery.failed()
  }
}

export class Readers {
  readonly #shapes = new QueryShapes(postgresDialect)
  readonly #seats: readonly Seat[]
  readonly #waiting: Waiting[] = []
  readonly #idle: (() => void)[] = []
  #closing = false

  constructor(options: ReadersOptions) {
    this.#seats = Array.from(
      { length: postgresLimits.readConnectionsMax },
      () => new Seat(options, () => this.#next()),
    )
  }

  /** While none of them works. */
  get failure(): string | undefined {
    const failures = this.#seats.map(({ failure }) => failure)
    return failures.every((failure) => failure !== undefined) ? failures[0] : undefined
  }

  async open(): Promise<void> {
    await Promise.all(this.#seats.map((seat) => seat.open()))
  }

  async call(name: string, input: unknown): Promise<unknown> {
    if (this.#closing) throw new RecordsUnavailable('closed')
    try {
      const shape = this.#shapes.of(name, input)
      const seat = await this.#seat()
      return shape.answer(await seat.ask(shape.key, shape.text, shape.cells(input)))
    } catch (error) {
      throw error instanceof RecordsUnavailable ? error : bugOf(name, error)
    }
  }

  /** Answers what was asked first. */
  async close(): Promise<void> {
    this.#closing = true
    while (this.#waiting.length > 0 || this.#seats.some(({ busy }) => busy > 0)) {
      await new Promise<void>((resolve) => this.#idle.push(resolve))
    }
    await Promise.all(this.#seats.map((seat) => seat.close()))
  }

  #take(): Seat | undefined {
    let best: Seat | undefined
    for (const seat of this.#seats) {
      if (seat.failure !== undefined || seat.busy >= postgresLimits.readsPerConnectionMax) continue
      if (best === undefined || seat.busy < best.busy) best = seat
    }
    if (best !== undefined) best.busy += 1
    return best
  }

  #seat(): Promise<Seat> {
    const free = this.#take()
    if (free !== undefined) return Promise.resolve(free)
    const { failure } = this
    if (failure !== undefined) return Promise.reject(new RecordsUnavailable(failure))
    if (this.#waiting.length >= postgresLimits.readsWaitingMax) {
      return Promise.reject(new RecordsUnavailable('queue full'))
    }
    return new Promise((go, reject) => this.#waiting.push({ go, reject }))
  }

  #next(): void {
    const { failure } = this
    if (failure !== undefined) {
      for (const one of this.#waiting.splice(0)) one.reject(new RecordsUnavailable(failure))
    }
    const seat = this.#waiting.length > 0 ? this.#take() : undefined
    if (seat !== undefined) this.#waiting.shift()?.go(seat)
    for (const tell of this.#idle.splice(0)) tell()
  }
}
