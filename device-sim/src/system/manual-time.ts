/**
 * A clock and timers that stand still until they are told to move: for tests, for one terminal after
 * another in compressed time, and for whole simulated worlds. Actions run in the order of their times,
 * each at its own time; those of one time in the order in which they were asked for.
 */
import type { Clock, DurationMs, EpochMs, TimerHandle, Timers } from './system.js'

export interface ManualTime extends Clock, Timers {
  /** Moves both clocks on and runs what falls due on the way. */
  advance(ms: DurationMs): void
  /** Moves to the next action and runs it; false where nothing falls due up to `untilMs` (monotonic). */
  next(untilMs?: DurationMs): boolean
  /** Jumps the wall clock alone, as a person or a dead battery does. */
  setWallClock(now: EpochMs): void
  /** Timers that have neither run nor been cancelled: a test that leaves one has a leak. */
  pending(): number
}

interface Waiting {
  readonly dueMs: DurationMs
  readonly order: number
  /** Undefined once it was cancelled: it leaves the heap when its time comes. */
  action: (() => void) | undefined
}

const isSooner = (a: Waiting, b: Waiting): boolean =>
  a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order)

/** A binary heap, the soonest on top. */
class Agenda {
  readonly #heap: Waiting[] = []

  get first(): Waiting | undefined {
    return this.#heap[0]
  }

  add(one: Waiting): void {
    const heap = this.#heap
    let at = heap.push(one) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || !isSooner(one, parent)) break
      heap[at] = parent
      at = above
    }
    heap[at] = one
  }

  takeFirst(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const leftChild = heap[left]
      if (leftChild === undefined) break
      const rightChild = heap[left + 1]
      const takesRight = rightChild !== undefined && isSooner(rightChild, leftChild)
      const child = takesRight ? rightChild : leftChild
      if (!isSooner(child, last)) break
      heap[at] = child
      at = takesRight ? left + 1 : left
    }
    heap[at] = last
  }
}

export const createManualTime = (startMs: EpochMs): ManualTime => {
  const agenda = new Agenda()
  let elapsedMs = 0
  let offsetMs = startMs
  let drawn = 0
  let pending = 0

  const next = (untilMs: DurationMs = Number.POSITIVE_INFINITY): boolean => {
    for (let { first } = agenda; first !== undefined; { first } = agenda) {
      if (first.dueMs > untilMs) return false
      agenda.takeFirst()
      const { action } = first
      if (action === undefined) continue
      first.action = undefined
      pending--
      elapsedMs = first.dueMs
      action()
      return true
    }
    return false
  }

  return {
    now: () => offsetMs + elapsedMs,
    monotonic: () => elapsedMs,
    after: (delayMs, action): TimerHandle => {
      const one: Waiting = { dueMs: elapsedMs + Math.max(0, delayMs), order: drawn++, action }
      agenda.add(one)
      pending++
      return {
        cancel: () => {
          if (one.action === undefined) return
          one.action = undefined
          pending--
        },
      }
    },
    advance: (ms) => {
      const untilMs = elapsedMs + ms
      while (next(untilMs));
      elapsedMs = untilMs
    },
    next,
    setWallClock: (now) => {
      offsetMs = now - elapsedMs
    },
    pending: () => pending,
  }
}
