/**
 * That notices may have been lost, said at most once in a while: looking at everything is work, and what
 * goes wrong with Redis goes wrong for several reasons at once.
 */
import type { TimerHandle } from '../../../core/ports/system.js'
import type { Surroundings } from './surroundings.js'

export class Missed {
  readonly #around: Surroundings
  readonly #say: () => void
  #timer: TimerHandle | undefined
  #stopped = false
  #count = 0

  constructor(around: Surroundings, say: () => void) {
    this.#around = around
    this.#say = say
  }

  get count(): number {
    return this.#count
  }

  /** Said at the end of the while, so that it covers all that went wrong in it. */
  mark(): void {
    if (this.#stopped || this.#timer !== undefined) return
    const { timers, limits } = this.#around
    this.#timer = timers.after(limits.missedEveryMs, () => {
      this.#timer = undefined
      this.#count++
      this.#say()
    })
  }

  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
  }
}
