/**
 * What one session writes: gathered during a turn of the event loop and given to the wire in one
 * piece, within a bound. Says when the bound is reached, when it is free again, and when nothing of it
 * leaves for too long. It must never drop a byte of what it took.
 */
import type { TimerHandle, Timers } from '../../../core/ports/system.js'
import type { ListenerLimits } from './limits.js'
import type { Wire } from './server/wire.js'

export interface OutputEvents {
  full(): void
  free(): void
  stuck(): void
}

export interface OutputParts {
  readonly wire: Wire
  readonly timers: Timers
  readonly limits: ListenerLimits
  /** Runs an action at the end of this turn of the event loop. */
  readonly endOfTurn: (action: () => void) => void
  readonly events: OutputEvents
}

export class Output {
  readonly #parts: OutputParts
  #gathered: Uint8Array[] = []
  #gatheredBytes = 0
  #isFull = false
  #isEnding = false
  #stuckTimer: TimerHandle | undefined
  #hasMoved = false

  constructor(parts: OutputParts) {
    this.#parts = parts
  }

  write(bytes: Uint8Array): void {
    if (this.#gathered.length === 0) this.#parts.endOfTurn(() => this.flush())
    this.#gathered.push(bytes)
    this.#gatheredBytes += bytes.length
    this.#check()
  }

  /** Closes the wire after what has been written. */
  end(): void {
    this.#isEnding = true
    this.flush()
  }

  flush(): void {
    const { wire } = this.#parts
    if (this.#gathered.length > 0) {
      const bytes = this.#gathered.length === 1 ? this.#gathered[0] : Buffer.concat(this.#gathered)
      this.#gathered = []
      this.#gatheredBytes = 0
      if (bytes !== undefined) wire.write(bytes, () => this.#flushed())
      this.#watch()
    }
    if (this.#isEnding) wire.end()
  }

  /** No event comes after this. */
  stop(): void {
    this.#stuckTimer?.cancel()
    this.#stuckTimer = undefined
    this.#gathered = []
    this.#gatheredBytes = 0
  }

  get #bytes(): number {
    return this.#gatheredBytes + this.#parts.wire.bufferedBytes
  }

  #flushed(): void {
    this.#hasMoved = true
    this.#check()
  }

  /** Free again at half, so that it does not flutter. */
  #check(): void {
    const { limits, events } = this.#parts
    if (!this.#isFull && this.#bytes >= limits.outputBytesMax) {
      this.#isFull = true
      events.full()
    } else if (this.#isFull && this.#bytes <= limits.outputBytesMax / 2) {
      this.#isFull = false
      events.free()
    }
  }

  /** Runs only while something is left over after a write: an idle session has no timer here. */
  #watch(): void {
    const { wire, timers, limits } = this.#parts
    if (this.#stuckTimer !== undefined || wire.bufferedBytes === 0) return
    this.#hasMoved = false
    this.#stuckTimer = timers.after(limits.unreadMsMax, () => this.#look())
  }

  #look(): void {
    this.#stuckTimer = undefined
    if (this.#parts.wire.bufferedBytes === 0) return
    if (!this.#hasMoved) this.#parts.events.stuck()
    else this.#watch()
  }
}
