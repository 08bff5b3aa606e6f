/**
 * The newest events, kept so that followers at the end of the ledger are served from memory. Bounded by
 * number and by bytes: what is older is dropped, and who wants it reads the records.
 */
import { coreLimits } from '../limits.js'
import type { EventFilter, FeedPage, FeedRequest } from '../ports/event-feed.js'
import type { EventView } from '../queries/queries.js'

/** What an event costs beside its texts. */
const rowBytes = 256

const sizeOf = (event: EventView): number =>
  rowBytes + event.data.length + (event.evidence?.length ?? 0)

export const matches = (event: EventView, filter: EventFilter): boolean =>
  (filter.terminalId === undefined || event.terminalId === filter.terminalId) &&
  (filter.commandId === undefined || event.commandId === filter.commandId) &&
  (filter.kindPrefix === undefined || event.kind.startsWith(filter.kindPrefix))

/** The first place in ascending ids that is behind `position`. */
const placeBehind = (events: readonly EventView[], position: number): number => {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((events[middle]?.id ?? 0) <= position) low = middle + 1
    else high = middle
  }
  return low
}

export class EventTail {
  #events: EventView[] = []
  #bytes = 0
  /** Everything behind this position is kept. */
  #start: number
  #end: number

  constructor(head: number) {
    this.#start = head
    this.#end = head
  }

  get end(): number {
    return this.#end
  }

  get length(): number {
    return this.#events.length
  }

  covers(position: number): boolean {
    return position >= this.#start
  }

  append(events: readonly EventView[]): void {
    for (const event of events) {
      this.#events.push(event)
      this.#bytes += sizeOf(event)
      this.#end = event.id
    }
    this.#dropOldest()
  }

  page({ after, limit, filter }: FeedRequest): FeedPage {
    const events: EventView[] = []
    let position = after
    for (let i = placeBehind(this.#events, after); i < this.#events.length; i++) {
      const event = this.#events[i]
      if (event === undefined || events.length === limit) break
      if (matches(event, filter)) events.push(event)
      position = event.id
    }
    return { events, position, more: position < this.#end }
  }

  #dropOldest(): void {
    const { feedEventsKeptMax, feedBytesKeptMax } = coreLimits
    let drop = 0
    while (
      this.#events.length - drop > feedEventsKeptMax ||
      (this.#bytes > feedBytesKeptMax && drop < this.#events.length)
    ) {
      const oldest = this.#events[drop]
      if (oldest === undefined) break
      this.#bytes -= sizeOf(oldest)
      this.#start = oldest.id
      drop++
    }
    if (drop > 0) this.#events.splice(0, drop)
  }
}
