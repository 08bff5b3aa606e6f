/**
 * Keeps one connection to a broker standing: dials again after its end, with a pause that doubles up to a
 * cap and is spread, so that nodes do not come back as one.
 */
import type { Clock, DurationMs, Entropy, TimerHandle } from '../../../core/ports/system.js'
import { BrokerConnection, type ConnectionEvents, type ConnectionParts } from './connection.js'

export interface LineParts extends ConnectionParts {
  readonly clock: Clock
  readonly entropy: Entropy
}

export class Line {
  readonly #parts: LineParts
  readonly #events: ConnectionEvents
  #connection: BrokerConnection | undefined
  #timer: TimerHandle | undefined
  #failures = 0
  #upAt: DurationMs | undefined
  #isStopped = false

  constructor(parts: LineParts, events: ConnectionEvents) {
    this.#parts = parts
    this.#events = events
  }

  get isUp(): boolean {
    return this.#upAt !== undefined
  }

  /** Where it is up. */
  get connection(): BrokerConnection | undefined {
    return this.isUp ? this.#connection : undefined
  }

  start(): void {
    if (this.#isStopped) return
    this.#connection = new BrokerConnection(this.#parts, {
      ...this.#events,
      packet: (packet) => this.#events.packet(packet),
      room: () => this.#events.room(),
      up: (accepted) => {
        this.#upAt = this.#parts.clock.monotonic()
        this.#events.up(accepted)
      },
      down: (reason) => this.#down(reason),
    })
  }

  /** This connection is of no more use; another one is made. */
  breakOff(reason: string): void {
    this.#connection?.end(reason)
  }

  stop(forget: boolean): void {
    if (this.#isStopped) return
    this.#isStopped = true
    this.#timer?.cancel()
    this.#connection?.leave(forget)
  }

  #down(reason: string): void {
    const { clock, timers, limits, entropy } = this.#parts
    const now = clock.monotonic()
    const wasStable = this.#upAt !== undefined && now - this.#upAt >= limits.stableMs
    this.#failures = wasStable ? 0 : this.#failures + 1
    this.#upAt = undefined
    this.#events.down(reason)
    if (this.#isStopped) return
    const doubled = limits.reconnectMsMin * 2 ** Math.min(this.#failures, 20)
    const spread = 0.5 + (entropy.bytes(1)[0] ?? 0) / 510
    this.#timer = timers.after(Math.min(doubled, limits.reconnectMsMax) * spread, () =>
      this.start(),
    )
  }
}
