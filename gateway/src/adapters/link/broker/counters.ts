/** What has happened at the broker since the start, by name; rising only. */
export type CounterName =
  | 'connected'
  | 'connections-lost'
  | 'uplinks'
  | 'acknowledged'
  /** On a topic that is no terminal's. */
  | 'foreign-topics'
  | 'heartbeats-dropped'
  /** Not acknowledged, because the records could not be had. */
  | 'left-to-the-broker'
  | 'published'
  | 'publishes-acknowledged'
  | 'publishes-refused'
  /** Dropped before they left: something later is meant. */
  | 'publishes-overtaken'
  /** On their way when a connection was lost. */
  | 'publishes-lost'
  | 'full'

export class Counters {
  readonly #values = new Map<CounterName, number>()

  count(name: CounterName, by = 1): void {
    this.#values.set(name, (this.#values.get(name) ?? 0) + by)
  }

  all(): ReadonlyMap<CounterName, number> {
    return new Map(this.#values)
  }
}
