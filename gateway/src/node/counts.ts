/**
 * What a node counts since its start, for who watches it. Every name comes from a list that the program
 * knows (codes, types, states, verbs), so nothing that a stranger sends can make a new one.
 */
import { commandTypeName } from '@tillgate/protocol'

import { isFinal } from '../core/commands/states.js'
import type { Standing } from '../core/operations/command-move.js'
import type { AuditCounts } from '../core/audit/open-audit.js'
import type { CoreCounts } from '../core/watch/core-counts.js'
import type { PeopleCounts } from './open-people.js'
import type { CoordinationCounts } from '../core/ports/coordination.js'
import type { FeedCounts } from '../core/ports/event-feed.js'
import type { DurationMs } from '../core/ports/system.js'
import type { ServerState } from '../pki/index.js'
import type { AboutNode } from './about.js'
import type { CryptoCounts } from './watched-signing.js'

/** Counts by several names at once; read as a list of names with their count. */
export interface Tally {
  readonly names: readonly string[]
  readonly count: number
}

export class Tallies {
  readonly #tallies = new Map<string, { readonly names: readonly string[]; count: number }>()

  count(...names: readonly string[]): void {
    const key = names.join(' ')
    const tally = this.#tallies.get(key)
    if (tally === undefined) this.#tallies.set(key, { names, count: 1 })
    else tally.count++
  }

  all(): readonly Tally[] {
    return [...this.#tallies.values()].map(({ names, count }) => ({ names, count }))
  }
}

/** Upper ends; what took longer counts in the total alone. */
const spanEndsMs: readonly DurationMs[] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000]

export interface SpanCounts {
  /** How many lasted at most so long. */
  readonly within: readonly { readonly ms: DurationMs; readonly count: number }[]
  readonly count: number
  readonly sumMs: DurationMs
}

export class Spans {
  readonly #counts = spanEndsMs.map(() => 0)
  #count = 0
  #sumMs = 0

  add(ms: DurationMs): void {
    this.#count++
    this.#sumMs += ms
    const place = spanEndsMs.findIndex((end) => ms <= end)
    if (place >= 0) this.#counts[place] = (this.#counts[place] ?? 0) + 1
  }

  all(): SpanCounts {
    let below = 0
    const within = spanEndsMs.map((ms, i) => ({ ms, count: (below += this.#counts[i] ?? 0) }))
    return { within, count: this.#count, sumMs: this.#sumMs }
  }
}

export interface RecordsCounts {
  /** Operations submitted and not answered. */
  readonly waiting: number
  /** `ok`, `refused`, `unavailable`. */
  readonly answered: readonly Tally[]
  /** Groups that were committed or rolled back; undefined where somebody else's records have none. */
  readonly groups: number | undefined
  /** From submit to the answer after COMMIT: waiting for a group, the group, its fsync. */
  readonly spans: SpanCounts
}

export interface HostCounts {
  /** By verb and answer. */
  readonly calls: readonly Tally[]
  /** By verb. */
  readonly spans: ReadonlyMap<string, SpanCounts>
}

export interface HookCounts {
  /** By target and outcome. */
  readonly calls: readonly Tally[]
  /** Attempts after the first, by target. */
  readonly retries: ReadonlyMap<string, number>
  /** Whole calls, pauses included, by target. */
  readonly spans: ReadonlyMap<string, SpanCounts>
  readonly circuits: ReadonlyMap<string, 'closed' | 'half-open' | 'open'>
}

export interface NodeCounts {
  /** Uplinks refused, by code. */
  readonly refusedUplinks: ReadonlyMap<string, number>
  /** What the listener counts, by name. */
  readonly link: ReadonlyMap<string, number>
  /** Terminals connected now, and those of them that have said Hello. */
  readonly sessions: { readonly connected: number; readonly greeted: number }
  /** By type. */
  readonly commandsOrdered: readonly Tally[]
  /** By type and state: ended for good, its outcome known. */
  readonly commandsEnded: readonly Tally[]
  readonly host: HostCounts
  readonly hooks: HookCounts
  readonly core: CoreCounts
  readonly signer: CryptoCounts
  readonly verifier: CryptoCounts
  readonly about: AboutNode
  readonly records: RecordsCounts
  readonly feed: FeedCounts
  readonly coordination: CoordinationCounts
  readonly people: PeopleCounts
  readonly audit: AuditCounts
  readonly serverCertificate: ServerState
}

/** What an operation's answer says of a command; none of it is asked of the records again. */
interface Answered {
  readonly ok?: boolean
  readonly replayed?: boolean
  readonly moved?: boolean
  readonly standing?: Standing
  /** Of a case. */
  readonly state?: string
}

export class CommandCounts {
  readonly ordered = new Tallies()
  readonly ended = new Tallies()

  /** Looks at the answer to an operation. */
  see(name: string, input: unknown, answer: unknown): void {
    const { ok, replayed, moved, standing, state } = answer as Answered
    if (ok !== true) return
    if (name === 'order-command' && replayed === false) {
      this.ordered.count(commandTypeName((input as { readonly type: number }).type) ?? 'unknown')
    } else if (name === 'order-case' && moved === true && state === 'DISPATCHED') {
      this.ordered.count('Unbind')
    } else if (name === 'order-binding' && replayed === false) {
      this.ordered.count('Bind')
    } else if (moved === true && standing?.open === 0 && isFinal(standing.state)) {
      this.ended.count(commandTypeName(standing.type) ?? 'unknown', standing.state)
    }
  }
}
