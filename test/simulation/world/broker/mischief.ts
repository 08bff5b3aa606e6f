/**
 * What a hostile broker does to whatever passes it: it drops, repeats, holds back, forges, moves to another's
 * topic, says wills of the living, and says again what it heard long ago. It reads what is in clear, and has
 * no key of the gateway's or of a terminal's; a terminal that conspires with it lends it its own.
 */
import type { Prng } from '@tillgate/device-sim'

import type { Mischief } from '../../swarm.js'
import type { World } from '../world.js'
import { madeTerminals } from '../factory.js'
import { Forger } from './forger.js'
import type { Passed } from './passed.js'
import type { TerminalLine } from './terminal-line.js'

export interface Honest {
  pass(passed: Passed): void
  /** Lines of the terminals that are there. */
  wills(): readonly TerminalLine[]
}

const rememberedMax = 1_000
const soonMsMin = 20
const soonMsMax = 3_000
const lateMsMax = 10_000_000
const againWithinMs = 20_000
/** Of what it says again at the end: this much goes to another's topic as well. */
const swappedOfAgain = 0.3

export class HostileBroker {
  readonly #world: World
  readonly #chance: Prng
  readonly #honest: Honest
  readonly #forger: Forger
  readonly #remembered: Passed[] = []
  #heldAcks: (() => void)[] = []

  constructor(world: World, honest: Honest) {
    this.#world = world
    this.#chance = world.chance('mischief')
    this.#honest = honest
    this.#forger = new Forger(world.chance('forgeries'))
  }

  take(passed: Passed): void {
    this.remember(passed)
    if (this.#happens('replay')) this.#pass(this.#chance.pick(this.#remembered))
    if (this.#happens('falseWill')) this.#sayWill()
    if (this.#happens('forge')) this.#pass(this.#forger.forge(passed, this.#remembered))
    if (this.#happens('swap')) this.#pass(this.#onAnothersTopic(passed))
    if (this.#happens('repeat')) this.#later(passed)
    if (this.#happens('drop')) return
    if (this.#happens('withhold')) this.#later(passed)
    else this.#pass(passed)
  }

  remember(passed: Passed): void {
    if (this.#remembered.length < rememberedMax) this.#remembered.push(passed)
  }

  acknowledge(action: () => void): void {
    if (this.#happens('withholdAck')) this.#heldAcks.push(action)
    else action()
  }

  /** What is on its way to come later still comes. */
  calmDown(): void {
    for (const action of this.#heldAcks) action()
    this.#heldAcks = []
  }

  /** Everything, on its topic and some of it on another's as well; how long it takes, in ms. */
  sayAgain(): number {
    for (const passed of [...this.#remembered]) {
      this.#passAfter(againWithinMs * this.#chance.float(), passed)
      if (!this.#chance.chance(swappedOfAgain)) continue
      this.#passAfter(againWithinMs * this.#chance.float(), this.#onAnothersTopic(passed))
    }
    return againWithinMs
  }

  #happens(what: Exclude<keyof Mischief, 'restartsPerMinute' | 'forgets'>): boolean {
    const rate = this.#world.faults.broker[what]
    return rate > 0 && this.#chance.chance(rate)
  }

  #pass(passed: Passed): void {
    this.#honest.pass(passed)
  }

  #passAfter(ms: number, passed: Passed): void {
    this.#world.time.after(ms, () => this.#pass(passed))
  }

  /** Soon, or after reconnects, or after hours. */
  #later(passed: Passed): void {
    const most = this.#happens('muchLater') ? lateMsMax : soonMsMax
    this.#passAfter(soonMsMin * (most / soonMsMin) ** this.#chance.float(), passed)
  }

  #onAnothersTopic(passed: Passed): Passed {
    const others = madeTerminals.filter(({ sn }) => sn !== passed.sn)
    return { ...passed, sn: this.#chance.pick(others).sn }
  }

  #sayWill(): void {
    const lines = this.#honest.wills()
    if (lines.length === 0) return
    const { sn, will } = this.#chance.pick(lines)
    this.#pass({ sn, channel: 'state', qos: 0, payload: will })
  }
}
