/**
 * Time, chance and ids as the core sees them. The core never asks the machine: the system adapter
 * answers in production, a seeded virtual one in simulation.
 */

/** Milliseconds since 1970-01-01 UTC. */
export type EpochMs = number
/** A span in milliseconds. */
export type DurationMs = number

export interface Clock {
  /** The wall clock. It may jump; never subtract two readings of it to get a span. */
  now(): EpochMs
  /** Never goes back; its origin means nothing. */
  monotonic(): DurationMs
}

export interface TimerHandle {
  cancel(): void
}

export interface Timers {
  /** Runs `action` once, `delayMs` from now. A throwing action is a bug and is not caught here. */
  after(delayMs: DurationMs, action: () => void): TimerHandle
}

export interface Entropy {
  /** `length` unpredictable bytes. */
  bytes(length: number): Uint8Array
}

export interface Ids {
  /** A UUID version 7 (RFC 9562 §5.7), 16 bytes. */
  next(): Uint8Array
}
