/**
 * What nodes tell each other: who holds whose session, whom to nudge, who runs a loop that one node is
 * enough for, how often somebody asked. Nothing here is the only copy of anything (the records are), so
 * whatever is lost, late or flushed costs latency and never a command; each hint is checked against the
 * records by whoever acts on it. Nothing waits on it without a bound, and nothing it does throws.
 */
import type { DurationMs } from './system.js'

/** Unique among the nodes that share records: a name that its operator gave, and this start of it. */
export interface NodeIdentity {
  readonly name: string
  /** Another at each start, so that a name that is used twice is noticed. 16 bytes as hex. */
  readonly incarnation: string
}

/** A hint for the node that holds a terminal's session. */
export type Notice =
  /** Its lane may have something to do. */
  | { readonly kind: 'lane'; readonly terminalId: number }
  /** Another node has greeted it under this fencing number; an older session here is over. */
  | { readonly kind: 'moved'; readonly terminalId: number; readonly fence: number }

/** A hint for every node, this one too. */
export type Call =
  /** Something was committed that followers of the ledger may want. */
  | 'committed'
  /** The host may have something to be asked. */
  | 'host'
  /** An unbind case may have a next step. */
  | 'cases'
  /** A certificate was revoked. */
  | 'revoked'

export interface CoordinationHandler {
  notice(notice: Notice): void
  called(call: Call): void
  /** Notices may have been lost (a flush, a failover, a full inbox, a pause): look at everything. */
  missed(): void
}

/**
 * One node is enough for the loop of this name. Held: this node has it, until `held` says otherwise. Where
 * nobody can know (coordination has been out of reach for longer than a lease lasts), everybody holds it:
 * the loops are idempotent, and work done twice is better than none.
 */
export interface Lease {
  held(): boolean
}

export interface RateQuestion {
  /** What is counted, with its policy in front: at most 200 characters. */
  readonly key: string
  readonly quota: number
  readonly windowMs: DurationMs
}

/** As the generic cell rate algorithm has it. */
export interface RateAnswer {
  readonly ok: boolean
  /** How many more fit now. */
  readonly left: number
  /** Until all of the quota is there again. */
  readonly fullInMs: DurationMs
  /** Until one more fits; 0 where it does. */
  readonly waitMs: DurationMs
}

export interface CoordinationHealth {
  readonly ok: boolean
  /** In plain words, where not ok: out of reach since when, another node of this name, clocks apart. */
  readonly reasons: readonly string[]
}

export interface CoordinationCounts {
  readonly noticesSent: number
  readonly noticesReceived: number
  /** Hints that could not be given: coordination was out of reach, or too many waited. */
  readonly noticesDropped: number
  /** How often everything had to be looked at. */
  readonly missed: number
  readonly reachable: boolean
}

export interface Coordination {
  readonly node: NodeIdentity
  /** Called once. Resolves without waiting for a server that is out of reach. */
  start(handler: CoordinationHandler): Promise<void>
  /** A terminal was greeted here. A higher fencing number wins; whoever held it before gets `moved`. */
  own(terminalId: number, fence: number): void
  /** Its session here is over; ignored where somebody else has it by now. */
  disown(terminalId: number, fence: number): void
  /** To whoever holds this terminal's session, this node included; to nobody where nobody does. */
  tell(notice: Notice): void
  call(call: Call): void
  /** Of these terminals, those whose session a living node holds. Undefined where that can't be known. */
  online(terminalIds: readonly number[]): Promise<ReadonlySet<number> | undefined>
  lease(name: string): Lease
  /** Takes one, where one is left. Undefined where that can't be known: count by yourself then. */
  take(question: RateQuestion): Promise<RateAnswer | undefined>
  /** The names of the nodes that are alive, this one among them; undefined where that can't be known. */
  nodes(): Promise<readonly string[] | undefined>
  health(): CoordinationHealth
  counts(): CoordinationCounts
  stop(): Promise<void>
}
