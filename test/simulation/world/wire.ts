/**
 * One connection between a client and whoever serves it. It loses, repeats, delays and reorders single
 * messages as a network with a broker in it may, and its two ends notice its death at different times
 * (half-open).
 */
import type { Prng } from '@tillgate/device-sim'

import { within } from './chance.js'
import type { World } from './world.js'

export type Way = 'up' | 'down'

/** Each end is told once that the wire is dead, each in its own time. */
export interface Ends {
  server(): void
  client(reason: string): void
}

const keepAliveMs = 30_000
/** Of what comes late; sooner is no matter of seconds. */
const soonestMs = 100

export class Wire {
  readonly #world: World
  readonly #chance: Prng
  readonly #ends: Ends
  readonly #lastAt: Record<Way, number> = { up: 0, down: 0 }
  #isSevered = false

  constructor(world: World, chance: Prng, ends: Ends) {
    this.#world = world
    this.#chance = chance
    this.#ends = ends
  }

  get isSevered(): boolean {
    return this.#isSevered
  }

  /** Nothing passes any more; each end notices in its own time. */
  sever(): void {
    if (this.#isSevered) return
    this.#isSevered = true
    const { notice } = this.#world.faults.network
    const { time } = this.#world
    time.after(within(this.#chance, notice), () => this.#ends.server())
    time.after(within(this.#chance, notice), () => this.#ends.client('the line is dead'))
  }

  /** As drawn for one message: a broker took it, and lost it. */
  swallows(): boolean {
    return this.#chance.chance(this.#world.faults.network.loss)
  }

  /** As drawn for one PUBACK: the line breaks instead. */
  breaksAtPuback(): boolean {
    const breaks = this.#chance.chance(this.#world.faults.network.ackLost)
    if (breaks) this.sever()
    return breaks
  }

  carry(way: Way, mayBeRepeated: boolean, action: () => void): void {
    const { time, faults } = this.#world
    const { delay, duplicate, late, reorders } = faults.network
    const pass = (delayMs: number): void => {
      const now = time.monotonic()
      const at = reorders ? now + delayMs : Math.max(now + delayMs, this.#lastAt[way])
      this.#lastAt[way] = at
      time.after(at - now, () => {
        if (!this.#isSevered) action()
      })
    }
    pass(within(this.#chance, delay))
    if (!mayBeRepeated || !this.#chance.chance(duplicate)) return
    const isLate = this.#chance.chance(late)
    const laterMs = isLate ? soonestMs * (keepAliveMs / soonestMs) ** this.#chance.float() : 0
    time.after(laterMs, () => {
      if (!this.#isSevered) pass(within(this.#chance, delay))
    })
  }
}
