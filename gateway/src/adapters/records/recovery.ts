/** When to try again after a failure: soon, then ever more seldom, until told that it works. */
import type { TimerHandle, Timers } from '../../core/ports/system.js'
import { recordsLimits } from './limits.js'

export class Recovery {
  readonly #timers: Timers
  readonly #attempt: () => void
  #delayMs: number = recordsLimits.recoverDelayMs
  #coming: TimerHandle | undefined

  constructor(timers: Timers, attempt: () => void) {
    this.#timers = timers
    this.#attempt = attempt
  }

  /** Nothing happens where an attempt is already on its way. */
  failed(): void {
    if (this.#coming !== undefined) return
    const delayMs = this.#delayMs
    this.#delayMs = Math.min(delayMs * 2, recordsLimits.recoverDelayMsMax)
    this.#coming = this.#timers.after(delayMs, () => {
      this.#coming = undefined
      this.#attempt()
    })
  }

  works(): void {
    this.#delayMs = recordsLimits.recoverDelayMs
  }

  stop(): void {
    this.#coming?.cancel()
    this.#coming = undefined
  }
}
