/**
 * How fast terminals are switched on: as fast as the gateway takes them. A few at a time shake hands; the
 * next one begins when one of them is welcomed, or has been turned away. Never waits for one for ever.
 */
import type { TimerHandle, Timers } from '../system/system.js'
import { fleetLimits } from './limits.js'

interface Waiting {
  readonly sn: string
  readonly start: () => void
}

export class Pace {
  readonly #timers: Timers
  readonly #starting = new Map<string, TimerHandle>()
  readonly #waiting: Waiting[] = []
  #next = 0

  constructor(timers: Timers) {
    this.#timers = timers
  }

  add(sn: string, start: () => void): void {
    this.#waiting.push({ sn, start })
    this.#begin()
  }

  /** It has its session, or will try again by itself. */
  done(sn: string): void {
    const patience = this.#starting.get(sn)
    if (patience === undefined) return
    patience.cancel()
    this.#starting.delete(sn)
    this.#begin()
  }

  stop(): void {
    this.#next = this.#waiting.length
    for (const patience of this.#starting.values()) patience.cancel()
    this.#starting.clear()
  }

  #begin(): void {
    while (this.#starting.size < fleetLimits.startingAtOnce) {
      const waiting = this.#waiting[this.#next]
      if (waiting === undefined) return
      this.#next++
      const { sn, start } = waiting
      const patience = this.#timers.after(fleetLimits.startMsMax, () => this.done(sn))
      this.#starting.set(sn, patience)
      start()
    }
  }
}
