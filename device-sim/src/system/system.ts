/**
 * Time and chance as the simulator takes them: by parameter, everywhere. This folder is the only
 * place here that asks the machine for them; `manual-time.ts` and `prng.ts` answer in tests and
 * wherever a seed must reproduce a world.
 */
import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'

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

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}

/** Node fires a longer delay at once; such a timer is meant to be "never soon", so it is capped. */
const delayMsMax = 2 ** 31 - 1

export const systemTimers: Timers = {
  after: (delayMs, action) => {
    const timer = setTimeout(action, Math.min(Math.max(0, delayMs), delayMsMax))
    return { cancel: () => clearTimeout(timer) }
  },
}

/** A copy with an ArrayBuffer of its own: small random buffers share Node's pool. */
export const systemEntropy: Entropy = { bytes: (length) => new Uint8Array(randomBytes(length)) }
