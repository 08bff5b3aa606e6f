/** The nodes that are alive, as the server last told; asked again when that is a while ago. */
import type { DurationMs } from '../../../core/ports/system.js'
import { rosterScript } from './scripts/roster.lua.js'
import { listIn, textIn, type Surroundings } from './surroundings.js'

export interface NodeCard {
  readonly name: string
  readonly incarnation: string
  /** How far its wall clock is ahead of the server's. */
  readonly aheadMs: DurationMs
}

/** Name and card in turn, as `beat` and `roster` give them. */
const cardsIn = (flat: readonly unknown[]): NodeCard[] => {
  const cards: NodeCard[] = []
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const [incarnation = '', ahead = '0'] = textIn(flat[i + 1]).split(' ')
    cards.push({ name: textIn(flat[i]), incarnation, aheadMs: Number(ahead) })
  }
  return cards
}

export class Roster {
  readonly #around: Surroundings
  #cards: readonly NodeCard[] = []
  #knownAt: DurationMs | undefined
  #asking: Promise<boolean> | undefined

  constructor(around: Surroundings) {
    this.#around = around
  }

  get cards(): readonly NodeCard[] {
    return this.#cards
  }

  learn(flat: readonly unknown[]): void {
    this.#cards = cardsIn(flat)
    this.#knownAt = this.#around.clock.monotonic()
  }

  /** Incarnations of the living; undefined where that can't be known. */
  async living(): Promise<ReadonlySet<string> | undefined> {
    const cards = await this.recent()
    return cards === undefined ? undefined : new Set(cards.map(({ incarnation }) => incarnation))
  }

  /** Whether that node is dead as of now: what was known before it came says nothing about it. */
  async isDead(incarnation: string): Promise<boolean> {
    return (await this.#ask()) && this.#cards.every((card) => card.incarnation !== incarnation)
  }

  async recent(): Promise<readonly NodeCard[] | undefined> {
    const { clock, limits } = this.#around
    const ageMs = clock.monotonic() - (this.#knownAt ?? -Infinity)
    if (ageMs < limits.rosterKeptMs) return this.#cards
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined))
    return (await this.#asking) ? this.#cards : undefined
  }

  async #ask(): Promise<boolean> {
    const { wire, keys, limits } = this.#around
    const answer = await wire.run(
      rosterScript,
      [keys.alive, keys.cards],
      [limits.nodesMax, limits.nodeTtlMs],
    )
    if (answer.ok) this.learn(listIn(answer.value))
    return answer.ok
  }
}
