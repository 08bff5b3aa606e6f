/**
 * Where an accepted socket waits for its handshake to begin. The event loop accepts one connection in a
 * turn, and a handshake costs a millisecond of one: where each began at once, a fleet that comes back
 * together would make turns of seconds, TCP's accept queue would overflow meanwhile, and who is dropped
 * there tries again after a minute. So while connections keep coming they are only accepted, for a
 * part of the time; and then a few handshakes begin in each turn, oldest first, so that who has begun
 * gets through before the next ones cost anything. Whoever comes alone waits for one turn.
 */
import type { Clock, DurationMs } from '../../../../core/ports/system.js'
import type { ListenerLimits } from '../limits.js'

export interface AnteroomParts {
  readonly clock: Pick<Clock, 'monotonic'>
  readonly limits: Pick<ListenerLimits, 'handshakesPerTurnMax' | 'acceptFirstMs'>
  /** Runs an action at the end of this turn of the event loop. */
  readonly endOfTurn: (action: () => void) => void
}

export class Anteroom {
  readonly #parts: AnteroomParts
  #waiting: (() => void)[] = []
  /** Somebody came since the last look. */
  #isComing = false
  #acceptFirstUntil: DurationMs = Number.NEGATIVE_INFINITY
  #isLooking = false

  constructor(parts: AnteroomParts) {
    this.#parts = parts
  }

  /** `begin` is called once, never from within. */
  enter(begin: () => void): void {
    this.#waiting.push(begin)
    this.#isComing = true
    this.#lookSoon()
  }

  #lookSoon(): void {
    if (this.#isLooking) return
    this.#isLooking = true
    this.#parts.endOfTurn(() => {
      this.#isLooking = false
      this.#look()
    })
  }

  #look(): void {
    const { handshakesPerTurnMax } = this.#parts.limits
    if (!this.#isAcceptingFirst()) {
      for (const begin of this.#waiting.splice(0, handshakesPerTurnMax)) begin()
    }
    if (this.#waiting.length > 0) this.#lookSoon()
  }

  /** At most every other while, or who never stops coming would let nobody through. */
  #isAcceptingFirst(): boolean {
    if (!this.#isComing) return false
    this.#isComing = false
    const { clock, limits } = this.#parts
    const now = clock.monotonic()
    if (now >= this.#acceptFirstUntil + limits.acceptFirstMs) {
      this.#acceptFirstUntil = now + limits.acceptFirstMs
    }
    return now < this.#acceptFirstUntil
  }
}
