/**
 * When the partitions are looked after: soon after opening, then now and then, sooner while there is more
 * to do. It has a connection of its own for as long as it works, and whatever befalls it is tried again the
 * next time; the records go on without it, for events of a month without a partition have one as well.
 */
import type { Log } from '../../../core/ports/log.js'
import type { Clock, TimerHandle, Timers } from '../../../core/ports/system.js'
import { connect, type ConnectOptions } from './connect.js'
import { postgresLimits } from './limits.js'
import { reasonOf } from './pg-error.js'
import { makeAhead, putAway } from './upkeep-steps.js'

export interface UpkeepOptions extends ConnectOptions {
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
}

export class Upkeep {
  readonly #options: UpkeepOptions
  #coming: TimerHandle | undefined
  #working: Promise<void> = Promise.resolve()
  #closing = false

  constructor(options: UpkeepOptions) {
    this.#options = options
  }

  start(): void {
    this.#in(postgresLimits.upkeepFirstMs)
  }

  /** Waits for the step that it is at. */
  close(): Promise<void> {
    this.#closing = true
    this.#coming?.cancel()
    return this.#working
  }

  #in(delayMs: number): void {
    if (this.#closing) return
    this.#coming = this.#options.timers.after(delayMs, () => {
      this.#working = this.#turn()
    })
  }

  async #turn(): Promise<void> {
    const { log } = this.#options
    let isMore = false
    try {
      isMore = await this.#work()
    } catch (error) {
      log.warn('partitions were not looked after', { reason: reasonOf(error) })
    }
    this.#in(isMore ? postgresLimits.upkeepMoreMs : postgresLimits.upkeepMs)
  }

  /** Answers whether there is more to do. */
  async #work(): Promise<boolean> {
    const { clock, log } = this.#options
    const session = await connect(this.#options, 'upkeep')
    try {
      const made = await makeAhead(session, clock.now())
      if (made.length > 0) log.info('partitions were made', { made })
      for (let step = 0; step < postgresLimits.putAwayStepsMax; step += 1) {
        if (this.#closing) return false
        const gone = await putAway(session, clock.now())
        if (gone < postgresLimits.putAwayPerStep) return false
      }
      return true
    } finally {
      await session.end()
    }
  }
}
