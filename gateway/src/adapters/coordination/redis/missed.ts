/**
 * That notices may have been lost, said at most once in a while: looking at everything is work, and what
 * goes wrong with Redis goes wrong for several reasons at once.
 */
import type { DurationMs, TimerHandle } from '../../../core/ports/system.js'
import type { Surroundings } from './surroundings.js'

export class Missed {
  readonly #around: Surroundings
  readonly #say: () => void
  #timer: TimerHandle | undefined
  #stopped = false
  #count = 0
  #saidAt: DurationMs = -Infinity

  constructor(around: Surroundings, say: () => void) {
    this.#around = around
    this.#say = say
  }

  get count(): number {
    return this.#count
  }

  /** Said a little later, so that it covers all that goes wrong together. */
  mark(): void {
    if (this.#stopped || this.#timer !== undefined) return
    const { clock, timers, limits } = this.#around
    const pauseMs = this.#saidAt + limits.missedEveryMs - clock.monotonic()
    this.#timer = timers.after(Math.max(limits.missedAfterMs, pauseMs), () => {
      this.#timer = undefined
      this.#saidAt = clock.monotonic()
      this.#count++
      this.#say()
    })
  }

  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
  }
}
