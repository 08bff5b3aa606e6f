/**
 * The embedded event feed: one reader of the records for all followers of this process. Who is near the
 * end is served from memory; who is behind reads the records, a few at a time and in turn, so that
 * nobody's catching up starves another's. It reads nothing while nobody follows, and it keeps no place
 * in the records: followers bring their own.
 */
import { coreLimits } from '../limits.js'
import { createLoop, type Loop } from '../loops/pace.js'
import type {
  EventFeed,
  EventFilter,
  FeedCounts,
  FeedPage,
  FeedRequest,
  Following,
} from '../ports/event-feed.js'
import type { Log } from '../ports/log.js'
import type { Records } from '../ports/records.js'
import type { DurationMs, Timers } from '../ports/system.js'
import { EventTail } from './event-tail.js'
import { Turnstile } from './turnstile.js'

export interface RecordFeedPorts {
  readonly records: Pick<Records, 'read'>
  readonly timers: Timers
  readonly log: Log
  readonly beatMs?: DurationMs
}

export const createRecordFeed = (ports: RecordFeedPorts): EventFeed => new RecordFeed(ports)

const isFiltered = (filter: EventFilter): boolean =>
  filter.terminalId !== undefined || filter.kindPrefix !== undefined

class RecordFeed implements EventFeed {
  readonly #records: Pick<Records, 'read'>
  readonly #loop: Loop
  readonly #followers = new Set<() => void>()
  readonly #turnstile = new Turnstile(coreLimits.feedCatchUpReadsMax)
  #tail: EventTail | undefined
  #started = false
  #catchUpReads = 0

  constructor({ records, timers, log, beatMs }: RecordFeedPorts) {
    this.#records = records
    this.#loop = createLoop({
      name: 'event feed',
      timers,
      log,
      turn: () => this.#turn(),
      ...(beatMs === undefined ? {} : { beatMs }),
    })
  }

  async head(): Promise<number> {
    return (await this.#records.read('event-head', {})).position
  }

  read(request: FeedRequest): Promise<FeedPage> {
    const tail = this.#tail
    if (tail?.covers(request.after) === true && tail.end >= (request.head ?? 0)) {
      return Promise.resolve(tail.page(request))
    }
    return this.#turnstile.run(() => this.#readRecords(request))
  }

  follow(wake: () => void): Following {
    // Two followers may pass the same function: each is one.
    const follower = (): void => wake()
    this.#followers.add(follower)
    if (this.#started) this.#loop.nudge()
    else this.#start()
    return { stop: () => void this.#followers.delete(follower) }
  }

  nudge(): void {
    if (this.#followers.size > 0) this.#loop.nudge()
  }

  counts(): FeedCounts {
    return {
      followers: this.#followers.size,
      head: this.#tail?.end,
      kept: this.#tail?.length ?? 0,
      catchUpReads: this.#catchUpReads,
    }
  }

  stop(): Promise<void> {
    this.#followers.clear()
    return this.#loop.stop()
  }

  #start(): void {
    this.#started = true
    this.#loop.start()
  }

  async #turn(): Promise<boolean> {
    if (this.#followers.size === 0) {
      this.#tail = undefined
      return false
    }
    if (this.#tail === undefined) {
      this.#tail = new EventTail(await this.head())
      // What was committed before that look is for them to read.
      this.#wakeAll()
      return true
    }
    const limit = coreLimits.eventsPerReadMax
    const events = await this.#records.read('event-views', {
      afterId: this.#tail.end,
      throughId: Number.MAX_SAFE_INTEGER,
      limit,
    })
    if (events.length === 0) return false
    this.#tail.append(events)
    this.#wakeAll()
    return events.length === limit
  }

  #wakeAll(): void {
    for (const wake of this.#followers) wake()
  }

  async #readRecords(request: FeedRequest): Promise<FeedPage> {
    this.#catchUpReads++
    const { after, limit, filter } = request
    const head = request.head ?? this.#tail?.end ?? (await this.head())
    if (after >= head) return { events: [], position: after, more: false }
    const throughId = Math.min(head, await this.#lookThrough(request))
    const query = { afterId: after, throughId, limit, ...filter }
    const events = await this.#records.read('event-views', query)
    const last = events.at(-1)
    const position = last !== undefined && events.length === limit ? last.id : throughId
    return { events, position, more: position < head }
  }

  /** A rare match must not make one read walk the whole ledger. A command's events have an index. */
  async #lookThrough({ after, filter }: FeedRequest): Promise<number> {
    if (filter.commandId !== undefined || !isFiltered(filter)) return Number.MAX_SAFE_INTEGER
    const stretch = { afterId: after, linesMax: coreLimits.feedRowsPerLookMax }
    const { throughId, lines } = await this.#records.read('event-stretch', stretch)
    return lines < stretch.linesMax ? Number.MAX_SAFE_INTEGER : throughId
  }
}
