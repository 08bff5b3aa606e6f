/**
 * A clock and timers that stand still until they are told to move: for tests, and for one terminal
 * after another in compressed time. Actions run in the order of their times, each at its own time.
 */
import type { Clock, DurationMs, EpochMs, TimerHandle, Timers } from './system.js'

export interface ManualTime extends Clock, Timers {
  /** Moves both clocks on and runs what falls due on the way. */
  advance(ms: DurationMs): void
  /** Jumps the wall clock alone, as a person or a dead battery does. */
  setWallClock(now: EpochMs): void
  /** Timers that have neither run nor been cancelled: a test that leaves one has a leak. */
  pending(): number
}

interface Waiting {
  readonly dueMs: DurationMs
  readonly order: number
  readonly action: () => void
}

export const createManualTime = (startMs: EpochMs): ManualTime => {
  let elapsedMs = 0
  let offsetMs = startMs
  let drawn = 0
  const waiting = new Set<Waiting>()

  const next = (untilMs: DurationMs): Waiting | undefined => {
    let first: Waiting | undefined
    for (const one of waiting) {
      if (one.dueMs > untilMs) continue
      const sooner =
        first === undefined ||
        one.dueMs < first.dueMs ||
        (one.dueMs === first.dueMs && one.order < first.order)
      if (sooner) first = one
    }
    return first
  }

  return {
    now: () => offsetMs + elapsedMs,
    monotonic: () => elapsedMs,
    after: (delayMs, action): TimerHandle => {
      const one = { dueMs: elapsedMs + Math.max(0, delayMs), order: drawn++, action }
      waiting.add(one)
      return { cancel: () => void waiting.delete(one) }
    },
    advance: (ms) => {
      const untilMs = elapsedMs + ms
      for (let due = next(untilMs); due !== undefined; due = next(untilMs)) {
        waiting.delete(due)
        elapsedMs = due.dueMs
        due.action()
      }
      elapsedMs = untilMs
    },
    setWallClock: (now) => {
      offsetMs = now - elapsedMs
    },
    pending: () => waiting.size,
  }
}
