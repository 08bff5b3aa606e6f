/**
 * What a fleet counts while it runs: who is online, how links came and went, what was answered. Told
 * from outside the terminals, by what they say; it changes nothing.
 */
import { toHex } from '@tillgate/protocol'
import type { Behaviour } from '../behaviours/behaviour.js'
import type { Observation } from '../runner/run-terminal.js'
import type { Effect } from '../terminal/effect.js'
import type { Transport } from '../transport/transport.js'
import { fleetLimits } from './limits.js'

export interface FleetCounts {
  readonly terminals: number
  /** Welcomed, and the link still stands. */
  readonly online: number
  /** Have been welcomed at least once. */
  readonly met: number
  /** Links that came up; of these the TLS session was taken up again. */
  readonly links: number
  readonly resumed: number
  /** Links that came up after a terminal's first. */
  readonly reconnects: number
  /** Commands that a terminal said it had done: a result, or a proof. */
  readonly done: number
  readonly refused: number
  readonly powerLosses: number
  /** Connections that never came up. */
  readonly failedConnects: number
  readonly flashFailures: number
}

type Tally = { -readonly [Name in keyof FleetCounts]: number }

/** Ids of the last commands that were answered; an answer said again is counted once. */
class Answered {
  #ids: Set<string> | undefined

  isNew(id: string): boolean {
    this.#ids ??= new Set()
    if (this.#ids.has(id)) return false
    this.#ids.add(id)
    const [oldest] = this.#ids
    if (this.#ids.size > fleetLimits.answersKept && oldest !== undefined) this.#ids.delete(oldest)
    return true
  }
}

export class Counting {
  readonly #tally: Tally = {
    terminals: 0,
    online: 0,
    met: 0,
    links: 0,
    resumed: 0,
    reconnects: 0,
    done: 0,
    refused: 0,
    powerLosses: 0,
    failedConnects: 0,
    flashFailures: 0,
  }
  readonly #watchers = new Set<() => void>()

  counts(): FleetCounts {
    return { ...this.#tally }
  }

  /** Called after each change, until the answer is called. */
  watch(look: () => void): () => void {
    this.#watchers.add(look)
    return () => void this.#watchers.delete(look)
  }

  /** What to put around one terminal: an observer, and a last behaviour that only listens. */
  terminal(transport: Transport): Counted {
    this.#tally.terminals++
    const answered = new Answered()
    const member = { isUp: false, isOnline: false, isMet: false, links: 0 }
    const offline = (): void => {
      if (member.isOnline) this.#tally.online--
      member.isOnline = false
      member.isUp = false
    }
    const hear = (seen: Observation): void => {
      if (seen.what === 'welcomed' && !member.isOnline) {
        member.isOnline = true
        this.#tally.online++
        if (!member.isMet) this.#tally.met++
        member.isMet = true
      } else if (seen.what === 'link' && seen.is === 'up') {
        member.isUp = true
        this.#tally.links++
        if (member.links++ > 0) this.#tally.reconnects++
        if (transport.lastWasResumed?.() === true) this.#tally.resumed++
      } else if (seen.what === 'link') {
        if (!member.isUp) this.#tally.failedConnects++
        offline()
      } else if (seen.what === 'power') {
        this.#tally.powerLosses++
        offline()
      } else if (seen.what === 'flash-failed') {
        this.#tally.flashFailures++
      } else return
      this.#tell()
    }
    const say = (effect: Effect): void => {
      if (effect.kind !== 'publish' || effect.commandId === undefined) return
      const { says } = effect
      if (says !== 'result' && says !== 'proof' && says !== 'refused') return
      // A command that was refused may be done later, under the same id.
      const name = says === 'refused' ? 'refused' : 'done'
      if (!answered.isNew(`${name} ${toHex(effect.commandId)}`)) return
      this.#tally[name]++
      this.#tell()
    }
    const listens: Behaviour = {
      name: 'counted',
      effects: (effects) => {
        for (const effect of effects) say(effect)
        return effects
      },
    }
    return { hear, listens }
  }

  #tell(): void {
    for (const look of this.#watchers) look()
  }
}

export interface Counted {
  readonly hear: (seen: Observation) => void
  readonly listens: Behaviour
}
