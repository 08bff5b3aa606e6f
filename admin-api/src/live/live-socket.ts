/**
 * One client that follows the ledger. It pulls from the feed at its own pace: while the client has not
 * taken what is buffered, nothing more is read for it, and nothing is kept but its position. Who does
 * not read at all is told so and closed; its cursor leads on where it stopped.
 */
import type { WebSocket } from 'ws'
import type {
  Clock,
  DurationMs,
  EventFeed,
  EventFilter,
  Following,
  Log,
  TimerHandle,
  Timers,
} from '@tillgate/gateway'

import type { Caller } from '../auth/gate.js'
import type { LiveLimits } from '../limits.js'
import { endings, type Ending } from './endings.js'
import { caughtUpText, cursorOrNull, eventText, heartbeatText } from './live-texts.js'

export interface LiveSocketParts {
  readonly feed: EventFeed
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly limits: LiveLimits
  sent(): void
}

export interface Follow {
  readonly caller: Caller
  readonly after: number
  readonly filter: EventFilter
}

export class LiveSocket {
  readonly caller: Caller
  readonly #parts: LiveSocketParts
  readonly #socket: WebSocket
  readonly #filter: EventFilter
  #position: number
  #following: Following | undefined
  #closing = false
  /** Resolves the wait for news, for room, or for the records. */
  #goOn: (() => void) | undefined
  #news = false
  #caughtUp = false
  #untaken: TimerHandle | undefined
  #quietSinceMs: DurationMs
  #pingedAtMs: DurationMs
  #ponged = true

  constructor(parts: LiveSocketParts, socket: WebSocket, { caller, after, filter }: Follow) {
    this.#parts = parts
    this.#socket = socket
    this.caller = caller
    this.#filter = filter
    this.#position = after
    this.#quietSinceMs = parts.clock.monotonic()
    this.#pingedAtMs = this.#quietSinceMs
    socket.on('pong', () => (this.#ponged = true))
    socket.on('message', () => this.end(endings.unexpectedMessage))
    socket.on('close', () => this.#stop())
  }

  /** All up to here was sent, or does not match. */
  get position(): number {
    return this.#position
  }

  start(): void {
    this.#following = this.#parts.feed.follow(() => this.#wake())
    this.#run().catch((error: unknown) => {
      this.#parts.log.error('a live socket failed', { error })
      this.end({ code: 1011, word: 'INTERNAL' })
    })
  }

  /** Says that all is well where nothing was said, and looks whether the client is still there. */
  beat(nowMs: DurationMs): void {
    const { heartbeatMs, pingMs } = this.#parts.limits
    // What is buffered must be taken first; that has a clock of its own.
    if (this.#closing || this.#untaken !== undefined) return
    if (nowMs - this.#quietSinceMs >= heartbeatMs) {
      this.#send(heartbeatText(this.#position, this.#parts.clock.now()))
    }
    if (nowMs - this.#pingedAtMs < pingMs) return
    if (!this.#ponged) return this.#socket.terminate()
    this.#ponged = false
    this.#pingedAtMs = nowMs
    this.#socket.ping()
  }

  /** The reason names the cursor, so that a client can resume from what it was sent. */
  end({ code, word }: Ending): void {
    if (this.#closing) return
    this.#stop()
    const cursor = cursorOrNull(this.#position)
    this.#socket.close(code, cursor === null ? word : `${word} ${cursor}`)
    const cut = this.#parts.timers.after(this.#parts.limits.closeMsMax, () =>
      this.#socket.terminate(),
    )
    this.#socket.once('close', () => cut.cancel())
  }

  #stop(): void {
    this.#closing = true
    this.#following?.stop()
    this.#untaken?.cancel()
    this.#goOn?.()
  }

  #wake(): void {
    this.#news = true
    if (this.#untaken === undefined) this.#goOn?.()
  }

  async #run(): Promise<void> {
    while (!this.#closing) {
      this.#news = false
      const more = await this.#readOn()
      if (this.#closing) return
      if (this.#isFull()) await this.#room()
      else if (more) await this.#pause(0)
      else await this.#untilNews()
    }
  }

  /** One page, as far as there is room for it. True where more is known to be there. */
  async #readOn(): Promise<boolean> {
    const { feed, limits, log } = this.#parts
    const request = {
      after: this.#position,
      limit: limits.eventsPerReadMax,
      filter: this.#filter,
    }
    let page
    try {
      page = await feed.read(request)
    } catch (error) {
      log.warn('live events wait for the records', { error: String(error) })
      await this.#pause(limits.retryMs)
      return true
    }
    if (this.#closing) return false
    for (const event of page.events) {
      if (this.#isFull()) return true
      this.#send(eventText(event))
      this.#parts.sent()
      this.#position = event.id
    }
    this.#position = page.position
    if (!page.more && !this.#caughtUp) {
      this.#caughtUp = true
      this.#send(caughtUpText(this.#position))
    }
    return page.more
  }

  #send(text: string): void {
    this.#quietSinceMs = this.#parts.clock.monotonic()
    this.#socket.send(text, () => {
      if (this.#untaken !== undefined && !this.#isHalfFull()) this.#goOn?.()
    })
  }

  #isFull(): boolean {
    return this.#socket.bufferedAmount > this.#parts.limits.bufferedBytesMax
  }

  #isHalfFull(): boolean {
    return this.#socket.bufferedAmount > this.#parts.limits.bufferedBytesMax / 2
  }

  async #room(): Promise<void> {
    const { timers, limits } = this.#parts
    this.#untaken = timers.after(limits.untakenMsMax, () => this.end(endings.untaken))
    await this.#wait()
    this.#untaken.cancel()
    this.#untaken = undefined
  }

  async #untilNews(): Promise<void> {
    if (!this.#news) await this.#wait()
  }

  async #pause(ms: DurationMs): Promise<void> {
    const timer = this.#parts.timers.after(ms, () => this.#goOn?.())
    await this.#wait()
    timer.cancel()
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#goOn = () => {
        this.#goOn = undefined
        resolve()
      }
    })
  }
}
