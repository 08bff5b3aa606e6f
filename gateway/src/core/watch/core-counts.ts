/**
 * What the core counts for whoever watches a node: what its lanes sent, what waits for a signature, how far
 * its readers are behind, which loops it runs. Asked rarely, so what can be added up then is not kept. It
 * must never change what is done.
 */
import type { SentKind } from '../lanes/lane.js'
import type { Lease } from '../ports/coordination.js'
import type { Clock, DurationMs } from '../ports/system.js'
import type { SessionRegistry } from '../sessions/registry.js'

export interface SentCount {
  readonly kind: SentKind
  /** The same thing said again in one session. */
  readonly again: boolean
  readonly count: number
}

export interface CoreCounts {
  readonly sent: readonly SentCount[]
  /** Commands of terminals connected here that were sent something and have not ended. */
  readonly inFlight: number
  /** Bodies that wait for a signature. */
  readonly signaturesWaiting: number
  /** Since a reader that this node runs was last at the end of the ledger, by the reader's name. */
  readonly readersBehindMs: ReadonlyMap<string, DurationMs>
  /** Whether this node runs the loop, by the lease's name. */
  readonly leases: ReadonlyMap<string, boolean>
}

export interface CoreWatch {
  countSent(kind: SentKind, again: boolean): void
  /** Gives the lease back. */
  watchLease(name: string, lease: Lease): Lease
  readerIsAtEnd(reader: string): void
  counts(): CoreCounts
}

const kinds: readonly SentKind[] = ['command', 'proceed', 'abort', 'query']

export const createCoreWatch = (parts: {
  readonly sessions: SessionRegistry
  readonly signer: { waiting(): number }
  readonly clock: Clock
}): CoreWatch => {
  const first = new Map<SentKind, number>()
  const again = new Map<SentKind, number>()
  const leases = new Map<string, Lease>()
  const atEnd = new Map<string, DurationMs>()

  const inFlight = (): number => {
    let commands = 0
    for (const { greeting, closed } of parts.sessions.all()) {
      if (greeting !== undefined && !closed) commands += greeting.lane.sent.size
    }
    return commands
  }

  /** One that another node runs is none of ours; what it was behind when it ran here says nothing. */
  const readersBehind = (): ReadonlyMap<string, DurationMs> => {
    const now = parts.clock.monotonic()
    const ours = [...atEnd].filter(([reader]) => leases.get(reader)?.held() ?? true)
    return new Map(ours.map(([reader, at]) => [reader, now - at]))
  }

  return {
    countSent(kind, isAgain) {
      const counts = isAgain ? again : first
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    },
    watchLease(name, lease) {
      leases.set(name, lease)
      return lease
    },
    readerIsAtEnd: (reader) => void atEnd.set(reader, parts.clock.monotonic()),
    counts: () => ({
      sent: kinds.flatMap((kind) => [
        { kind, again: false, count: first.get(kind) ?? 0 },
        { kind, again: true, count: again.get(kind) ?? 0 },
      ]),
      inFlight: inFlight(),
      signaturesWaiting: parts.signer.waiting(),
      readersBehindMs: readersBehind(),
      leases: new Map([...leases].map(([name, lease]) => [name, lease.held()])),
    }),
  }
}
