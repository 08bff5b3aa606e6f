/**
 * The ledger as it grows, for who wants to follow it: a follower pulls from its own position and is
 * woken when there may be more. Events come as they are committed, in order, each once; a position is
 * an event's id and stays good for ever. Nothing is pushed, so a slow follower costs nothing.
 */
import type { EventView } from '../queries/queries.js'

export interface EventFilter {
  readonly terminalId?: number
  readonly commandId?: number
  /** How the kind begins: `command.`, `alarm.`. */
  readonly kindPrefix?: string
}

export interface FeedRequest {
  /** Events behind this position; 0 from the first. */
  readonly after: number
  /** Events at most. */
  readonly limit: number
  readonly filter: EventFilter
  /** Where the caller knows the ledger to end: memory that is behind it does not answer. */
  readonly head?: number
}

export interface FeedPage {
  readonly events: readonly EventView[]
  /** All up to here has been looked at: read on from it. */
  readonly position: number
  /** More is known to lie behind it. Where false, wait to be woken. */
  readonly more: boolean
}

export interface Following {
  stop(): void
}

export interface EventFeed {
  /** Where the ledger ends now: the position of the newest committed event. */
  head(): Promise<number>
  read(request: FeedRequest): Promise<FeedPage>
  /** `wake` is called whenever there may be more; never with the events, and it must not throw. */
  follow(wake: () => void): Following
  /** Something was committed: a hint, which may be lost at the cost of a beat. */
  nudge(): void
  counts(): FeedCounts
  stop(): Promise<void>
}

export interface FeedCounts {
  readonly followers: number
  /** The newest position that the feed has seen; undefined while nobody follows. */
  readonly head: number | undefined
  /** Events kept in memory for followers at the end. */
  readonly kept: number
  /** Reads that had to go back to the records, since the start. */
  readonly catchUpReads: number
}
