/**
 * The sessions that this node holds, and that Redis knows it. The set here is the truth; what Redis has
 * is brought after it in rounds: one round at a time takes what has changed meanwhile, so that the more
 * there is to say the fewer commands say it. All of it is said again after a new connection or a flush,
 * and slowly in any case, so that a lost write heals by itself. It must never wait for Redis, nor take
 * a session from a living node that greeted it later.
 */
import type { Notice, NodeIdentity } from '../../../core/ports/coordination.js'
import type { TimerHandle } from '../../../core/ports/system.js'
import { byBucket, holderText, holdingIn, inParts } from './holdings.js'
import type { Roster } from './roster.js'
import { disownScript } from './scripts/disown.lua.js'
import { ownScript } from './scripts/own.lua.js'
import { listIn, numberIn, type Surroundings } from './surroundings.js'

export interface SessionEvents {
  /** Redis may be told what this node holds. */
  mayTell(): boolean
  /** Somebody else held it under an older number. */
  displaced(former: NodeIdentity, notices: readonly Notice[]): void
  /** Somebody else holds it under a newer number. */
  moved(notice: Notice): void
}

export class Sessions {
  readonly #around: Surroundings
  readonly #roster: Roster
  readonly #events: SessionEvents
  /** Terminal -> the fencing number of its session here. */
  readonly #held = new Map<number, number>()
  /** Held here, and Redis may not know it. */
  readonly #untold = new Set<number>()
  /** Ended here, and Redis may not know it. */
  readonly #ended = new Map<number, number>()
  /** Terminal -> the dead node that Redis takes for its holder. */
  readonly #haunted = new Map<number, string>()
  /** Whom this round has displaced, by incarnation. */
  readonly #displaced = new Map<string, { former: NodeIdentity; notices: Notice[] }>()
  #cursor: IterableIterator<number> = this.#held.keys()
  #round: Promise<boolean> | undefined
  #retry: TimerHandle | undefined
  #stopped = false
  #dropped = 0

  constructor(around: Surroundings, roster: Roster, events: SessionEvents) {
    this.#around = around
    this.#roster = roster
    this.#events = events
  }

  get dropped(): number {
    return this.#dropped
  }

  /** All is told, as far as this node knows. */
  get settled(): boolean {
    return this.#untold.size === 0 && this.#ended.size === 0 && this.#round === undefined
  }

  has(terminalId: number): boolean {
    return this.#held.has(terminalId)
  }

  own(terminalId: number, fence: number): void {
    const former = this.#held.get(terminalId)
    if (former !== undefined && former >= fence) return
    this.#held.set(terminalId, fence)
    this.#ended.delete(terminalId)
    this.#untold.add(terminalId)
    this.tell()
  }

  disown(terminalId: number, fence: number): void {
    if (this.#held.get(terminalId) !== fence) return
    this.#held.delete(terminalId)
    this.#untold.delete(terminalId)
    this.#haunted.delete(terminalId)
    this.forget(terminalId, fence)
  }

  /** Redis has it for this node's, and it is not. */
  forget(terminalId: number, fence: number): void {
    if (this.#held.has(terminalId)) return
    if (this.#ended.size < this.#around.limits.endedWaitingMax) this.#ended.set(terminalId, fence)
    else this.#dropped++
    this.tell()
  }

  tellAll(): void {
    for (const terminalId of this.#held.keys()) this.#untold.add(terminalId)
    this.tell()
  }

  /** Some of them again, at each beat: all within the announcing time. */
  tellSome(): void {
    const { beatMs, announceAllMs } = this.#around.limits
    const some = Math.ceil((this.#held.size * beatMs) / announceAllMs)
    for (let i = 0; i < some; i++) {
      const { value, done } = this.#cursor.next()
      if (done !== true) this.#untold.add(value)
      else this.#cursor = this.#held.keys()
    }
    this.tell()
  }

  /** Begins a round, where there is something to tell and none is under way. */
  tell(): void {
    if (this.#stopped || this.#round !== undefined || this.#retry !== undefined) return
    if (this.#untold.size + this.#ended.size === 0 || !this.#events.mayTell()) return
    // What this turn of the event loop still brings belongs to the same round.
    this.#round = Promise.resolve().then(() => this.#tellRound())
    void this.#round.then((ok) => {
      this.#round = undefined
      if (ok) this.tell()
      else this.#tellLater()
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#retry?.cancel()
    await this.#round
    this.#held.clear()
    this.#untold.clear()
    this.#ended.clear()
    this.#haunted.clear()
  }

  #tellLater(): void {
    if (this.#stopped) return
    const { timers, limits } = this.#around
    this.#retry = timers.after(limits.roundRetryMs, () => {
      this.#retry = undefined
      this.tell()
    })
  }

  async #tellRound(): Promise<boolean> {
    const parts: Promise<boolean>[] = []
    const { sessionsPerScriptMax, sessionsPerRoundMax } = this.#around.limits
    // Ends before beginnings: a terminal is in one of them alone.
    for (const [bucket, some] of byBucket(this.#takeEnded(sessionsPerRoundMax), ([id]) => id)) {
      for (const part of inParts(some, sessionsPerScriptMax)) {
        parts.push(this.#tellEnded(bucket, part))
      }
    }
    for (const [bucket, some] of byBucket(this.#takeUntold(sessionsPerRoundMax), (id) => id)) {
      for (const part of inParts(some, sessionsPerScriptMax)) {
        parts.push(this.#tellHeld(bucket, part))
      }
    }
    const all = await Promise.all(parts)
    for (const { former, notices } of this.#displaced.values()) {
      this.#events.displaced(former, notices)
    }
    this.#displaced.clear()
    return all.every((ok) => ok)
  }

  #displace(former: NodeIdentity, notice: Notice): void {
    const displaced = this.#displaced.get(former.incarnation)
    if (displaced !== undefined) displaced.notices.push(notice)
    else this.#displaced.set(former.incarnation, { former, notices: [notice] })
  }

  #takeUntold(max: number): readonly number[] {
    const taken: number[] = []
    for (const terminalId of this.#untold) {
      if (taken.length === max) break
      this.#untold.delete(terminalId)
      taken.push(terminalId)
    }
    return taken
  }

  #takeEnded(max: number): readonly (readonly [number, number])[] {
    const taken: (readonly [number, number])[] = []
    for (const [terminalId, fence] of this.#ended) {
      if (taken.length === max) break
      this.#ended.delete(terminalId)
      taken.push([terminalId, fence])
    }
    return taken
  }

  async #tellEnded(
    bucket: number,
    ended: readonly (readonly [number, number])[],
  ): Promise<boolean> {
    const { wire, keys, node } = this.#around
    const args = [holderText(node), ...ended.flat()]
    const answer = await wire.run(disownScript, [keys.sessions(bucket)], args)
    if (answer.ok) return true
    for (const [terminalId, fence] of ended) {
      if (!this.#held.has(terminalId) && !this.#ended.has(terminalId)) {
        this.#ended.set(terminalId, fence)
      }
    }
    return false
  }

  async #tellHeld(bucket: number, terminalIds: readonly number[]): Promise<boolean> {
    const { wire, keys, node, limits } = this.#around
    const told = terminalIds.flatMap((terminalId) => {
      const fence = this.#held.get(terminalId)
      return fence === undefined ? [] : [terminalId, fence, this.#haunted.get(terminalId) ?? '']
    })
    const args = [holderText(node), limits.ownershipTtlMs, ...told]
    const answer = await wire.run(ownScript, [keys.sessions(bucket)], args)
    if (answer.ok) {
      for (const terminalId of terminalIds) this.#haunted.delete(terminalId)
      return this.#hearOthers(listIn(answer.value))
    }
    for (const terminalId of terminalIds) {
      if (this.#held.has(terminalId)) this.#untold.add(terminalId)
    }
    return false
  }

  /** `written, terminal, stored value` of each that another one held. */
  async #hearOthers(flat: readonly unknown[]): Promise<boolean> {
    const dead = new Map<string, boolean>()
    for (let i = 0; i + 2 < flat.length; i += 3) {
      const terminalId = numberIn(flat[i + 1])
      const stored = holdingIn(flat[i + 2])
      const fence = this.#held.get(terminalId)
      if (stored === undefined || fence === undefined) continue
      if (numberIn(flat[i]) === 1) {
        this.#displace(stored.holder, { kind: 'moved', terminalId, fence })
        continue
      }
      const { incarnation } = stored.holder
      const isDead = dead.get(incarnation) ?? (await this.#roster.isDead(incarnation))
      dead.set(incarnation, isDead)
      if (isDead) this.#displaceDead(terminalId, incarnation)
      else this.#events.moved({ kind: 'moved', terminalId, fence: stored.fence })
    }
    return true
  }

  /** A dead node's higher number (records put back from a backup) must not keep a living one out. */
  #displaceDead(terminalId: number, incarnation: string): void {
    if (!this.#held.has(terminalId)) return
    this.#haunted.set(terminalId, incarnation)
    this.#untold.add(terminalId)
  }
}
