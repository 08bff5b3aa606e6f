/** What has happened at the door since the start, by name; rising only. */
import type { CloseReason } from '../../../core/ports/link.js'

export type CounterName =
  | 'accepted'
  /** Above a limit of connections. */
  | 'turned-away'
  | 'handshake-failed'
  /** A TLS session begun by its keys, or taken up again by a ticket. */
  | 'handshake:full'
  | 'handshake:resumed'
  | 'without-certificate'
  | 'too-slow'
  | 'upgrade-refused'
  | 'connect-refused'
  | 'opened'
  /** Bugs that cost one connection. */
  | 'faults'
  | `closed:${CloseReason}`

export class Counters {
  readonly #values = new Map<CounterName, number>()

  count(name: CounterName): void {
    this.#values.set(name, this.of(name) + 1)
  }

  of(name: CounterName): number {
    return this.#values.get(name) ?? 0
  }

  all(): ReadonlyMap<CounterName, number> {
    return new Map(this.#values)
  }
}
