/**
 * What a broker keeps for one of the connections that share the subscription to uplinks: all that it has
 * dealt to it and has no PUBACK for, in order, also while nobody is there, for as long as a session lives.
 */
import type { TimerHandle, Timers } from '@tillgate/device-sim'

import type { Passed } from './passed.js'

export interface Kept {
  readonly packetId: number
  readonly passed: Passed
}

export interface Taker {
  deliver(kept: Kept): void
}

export interface SessionParts {
  readonly timers: Timers
  readonly expiryMs: number
  /** Nobody came back in time; what was still waiting. */
  over(waiting: readonly Passed[]): void
}

export class Session {
  readonly #parts: SessionParts
  #kept: Kept[] = []
  #taker: Taker | undefined
  #expiry: TimerHandle | undefined
  #lastPacketId = 0

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  offer(passed: Passed): void {
    const kept = { packetId: (this.#lastPacketId += 1), passed }
    // Nobody keeps a heartbeat.
    if (passed.qos === 1) this.#kept.push(kept)
    this.#taker?.deliver(kept)
  }

  /** All without a PUBACK is dealt again, in order. */
  attach(taker: Taker): void {
    this.#expiry?.cancel()
    this.#expiry = undefined
    this.#taker = taker
    for (const kept of this.#kept) taker.deliver(kept)
  }

  detach(taker: Taker): void {
    if (this.#taker !== taker) return
    this.#taker = undefined
    const { timers, expiryMs } = this.#parts
    this.#expiry = timers.after(expiryMs, () => this.#parts.over(this.forget()))
  }

  acknowledged(packetId: number): void {
    this.#kept = this.#kept.filter((kept) => kept.packetId !== packetId)
  }

  forget(): readonly Passed[] {
    this.#expiry?.cancel()
    this.#taker = undefined
    const waiting = this.#kept.map(({ passed }) => passed)
    this.#kept = []
    return waiting
  }
}
