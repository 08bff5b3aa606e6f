/**
 * What a run of misfortunes came to, as a row of the table that the run ends with. It watches the
 * terminals meanwhile: how long one was without its session, from the loss of its link to the next Welcome.
 */
import type { Observation } from '@tillgate/device-sim'
import type { TestContext } from 'vitest'

import { giveRow } from '../ground/index.js'

export const isLong = process.env['TILLGATE_LONG'] === '1'
/** How often each misfortune comes. */
export const times = isLong ? 20 : 5
/** All terminals have their sessions again within this. */
export const backMsMax = 60_000

export interface Judged {
  /** Commands that were answered. */
  readonly ordered: number
  readonly lost: number
  readonly doubled: number
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`

export class Toll {
  readonly #situation: string
  readonly #sinceMs = performance.now()
  readonly #away = new Map<string, number>()
  #longestMs = 0
  #returns = 0

  constructor(situation: string) {
    this.#situation = situation
  }

  /** To be called with everything that this terminal shows. */
  hear(sn: string, seen: Observation): void {
    const now = performance.now()
    if (seen.what === 'link' && seen.is === 'down' && !this.#away.has(sn)) this.#away.set(sn, now)
    if (seen.what !== 'welcomed') return
    const since = this.#away.get(sn)
    if (since === undefined) return
    this.#away.delete(sn)
    this.#returns += 1
    this.#longestMs = Math.max(this.#longestMs, now - since)
  }

  /** The longest time that a terminal which is back was away. */
  get longestMs(): number {
    return this.#longestMs
  }

  /** How often a terminal that was away came back. */
  get returns(): number {
    return this.#returns
  }

  giveRow(context: Pick<TestContext, 'task'>, judged: Judged): void {
    giveRow(context, {
      situation: this.#situation,
      commands: judged.ordered,
      lost: judged.lost,
      doubled: judged.doubled,
      'came back': this.#returns,
      'longest away': seconds(this.#longestMs),
      took: seconds(performance.now() - this.#sinceMs),
    })
  }
}
