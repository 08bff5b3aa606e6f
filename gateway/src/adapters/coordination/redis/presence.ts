/**
 * That this node lives, under its name. Each connection is judged first: version, role, whether it still
 * loads. Then the node beats. It holds its name while the server says so; a name that another start of
 * a node holds is waited for until that one is dead, and meanwhile this node owns nothing. It must never
 * take a name from a node that beats.
 */
import type { DurationMs, TimerHandle } from '../../../core/ports/system.js'
import type { Fault } from './faults.js'
import type { Roster } from './roster.js'
import { beatScript } from './scripts/beat.lua.js'
import { leaveScript } from './scripts/leave.lua.js'
import { faultOfServer, serverInfoOf } from './server-info.js'
import { listIn, numberIn, textIn, type Surroundings } from './surroundings.js'

export interface PresenceEvents {
  /** What Redis knows of this node may be gone, old, or was never there: tell it all again. */
  rebuild(): void
  /** After each beat that was answered and found the name held. */
  beaten(): void
}

interface Rival {
  readonly incarnation: string
  readonly beats: number
  /** It was seen to beat: it lives. */
  readonly isAlive: boolean
  /** Since when its count has stood still, and when it was last looked at: by the monotonic clock. */
  readonly stillSince: DurationMs
  readonly seenAt: DurationMs
}

/** Different words in one outage that are worth a line of log each. */
const wordsLoggedMax = 16

export class Presence {
  readonly #around: Surroundings
  readonly #roster: Roster
  readonly #events: PresenceEvents
  #timer: TimerHandle | undefined
  #turn: Promise<void> | undefined
  #again = false
  #stopped = false
  /** This connection leads to a server that will do. */
  #judged = false
  #holds = false
  #rebuilt = false
  #rival: Rival | undefined
  #fault: Fault | undefined
  #outSince: number
  /** What was said of this outage. */
  readonly #logged = new Set<string>()
  #serverAheadMs: DurationMs = 0

  constructor(around: Surroundings, roster: Roster, events: PresenceEvents) {
    this.#around = around
    this.#roster = roster
    this.#events = events
    this.#outSince = around.clock.now()
  }

  /** The server answers, and this node has its name. */
  get holds(): boolean {
    return this.#holds && this.#judged
  }

  /** The server answers, and may be written to. */
  get reachable(): boolean {
    return this.#judged && this.#fault === undefined
  }

  get rival(): Rival | undefined {
    return this.#rival
  }

  get fault(): Fault | undefined {
    return this.#judged ? this.#fault : (this.#fault ?? this.#around.wire.fault)
  }

  /** Since when it has been out of reach, by this node's wall clock. */
  get outSince(): number {
    return this.#outSince
  }

  get serverAheadMs(): DurationMs {
    return this.#serverAheadMs
  }

  connected(): void {
    this.#judged = false
    this.#rebuilt = false
    this.wake()
  }

  lost(): void {
    this.#out(this.#around.wire.fault)
    this.#judged = false
  }

  /** Beats now, and from then on. */
  wake(): void {
    if (this.#stopped) return
    if (this.#turn !== undefined) {
      this.#again = true
      return
    }
    this.#timer?.cancel()
    this.#again = false
    this.#turn = this.#beat().finally(() => this.#rest())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#turn
    const { wire, keys, node } = this.#around
    if (!this.holds) return
    this.#holds = false
    await wire.run(leaveScript, [keys.node, keys.alive, keys.cards], [node.name, node.incarnation])
  }

  #rest(): void {
    this.#turn = undefined
    if (this.#stopped) return
    if (this.#again) return this.wake()
    const { timers, limits } = this.#around
    const delayMs = this.holds && this.reachable ? limits.beatMs : limits.beatWhileOutMs
    this.#timer = timers.after(delayMs, () => this.wake())
  }

  async #beat(): Promise<void> {
    const { wire, keys, node, clock, limits } = this.#around
    if (!wire.ready) return this.#out(wire.fault)
    if (!this.#judged && !(await this.#judge())) return
    const sentAt = clock.now()
    const answer = await wire.run(
      beatScript,
      [keys.node, keys.alive, keys.cards],
      [node.name, node.incarnation, sentAt, limits.nodeTtlMs, limits.nodesMax, this.#deadRival()],
    )
    if (!answer.ok) return this.#out(answer.fault)
    wire.settled()
    this.#fault = undefined
    this.#logged.clear()
    const [held, ...rest] = listIn(answer.value)
    if (numberIn(held) === 1) this.#held(rest, sentAt)
    else this.#contested(rest)
  }

  async #judge(): Promise<boolean> {
    const { wire, log } = this.#around
    const answer = await wire.send('info', [])
    if (!answer.ok) {
      this.#out(answer.fault)
      return false
    }
    const info = serverInfoOf(textIn(answer.value))
    const fault = faultOfServer(info)
    if (fault !== undefined) {
      this.#out(fault)
      // In a cluster any node may have answered.
      if (fault.kind === 'replica' && !wire.isCluster) wire.drop(fault)
      return false
    }
    log.info('redis reached', { product: info.product, version: info.version })
    this.#judged = true
    return true
  }

  #held([fresh, now, ...cards]: readonly unknown[], sentAt: number): void {
    const { log, node } = this.#around
    this.#serverAheadMs = numberIn(now) - sentAt
    this.#roster.learn(cards)
    if (this.#rival !== undefined) log.info('the name of this node is its own now', { ...node })
    this.#rival = undefined
    this.#holds = true
    if (numberIn(fresh) === 1 || !this.#rebuilt) {
      this.#rebuilt = true
      this.#events.rebuild()
    }
    this.#events.beaten()
  }

  #contested([incarnation, beats]: readonly unknown[]): void {
    const { node, clock, log } = this.#around
    const rival = { incarnation: textIn(incarnation), beats: numberIn(beats) }
    const seenAt = clock.monotonic()
    const known = this.#rival?.incarnation === rival.incarnation ? this.#rival : undefined
    const stands = known?.beats === rival.beats && this.#isWatching(seenAt)
    const isAlive = known !== undefined && (known.isAlive || known.beats !== rival.beats)
    if (isAlive && !known.isAlive) {
      log.error('another node beats under the name of this one', { name: node.name })
    }
    this.#rival = { ...rival, isAlive, seenAt, stillSince: stands ? known.stillSince : seenAt }
    this.#holds = false
    this.#rebuilt = false
  }

  /** It has looked often enough to have seen the other one beat: it did not sleep meanwhile. */
  #isWatching(now: DurationMs): boolean {
    const { beatWhileOutMs, commandTimeoutMs } = this.#around.limits
    const seenAt = this.#rival?.seenAt ?? -Infinity
    return now - seenAt < 2 * (beatWhileOutMs + commandTimeoutMs)
  }

  /** Its key should have gone by now, and has not: the server's clock went back. */
  #deadRival(): string {
    const now = this.#around.clock.monotonic()
    const { nodeTtlMs, beatMs } = this.#around.limits
    if (this.#rival === undefined || !this.#isWatching(now)) return ''
    const stillMs = now - this.#rival.stillSince
    return stillMs > nodeTtlMs + beatMs ? this.#rival.incarnation : ''
  }

  #out(fault: Fault): void {
    if (this.#stopped) return
    const { clock, log } = this.#around
    if (this.reachable) this.#outSince = clock.now()
    this.#fault = fault
    if (fault.kind === 'waiting' || this.#logged.has(fault.words)) return
    if (this.#logged.size >= wordsLoggedMax) return
    this.#logged.add(fault.words)
    log.warn('redis cannot be used', { why: fault.words })
  }
}
