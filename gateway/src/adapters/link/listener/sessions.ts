/**
 * Which sessions stand for which serial number in this process: the newest; and beside one that stands, at
 * most one that came by a TLS ticket and has not shown its key yet. The handler closes the older one once
 * the newer has said its Hello; a ticket alone must not evict anybody. Routing is this map and nothing else.
 */
import type { LiveSession } from './live-session.js'

export class Sessions {
  readonly #bySn = new Map<string, LiveSession>()
  /** Resumed, while another one stands. */
  readonly #beside = new Map<string, LiveSession>()
  #lastId = 0

  get size(): number {
    return this.#bySn.size + this.#beside.size
  }

  /** Rising with every CONNECT. */
  nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  of(sn: string): LiveSession | undefined {
    return this.#bySn.get(sn)
  }

  /** A later CONNECT of the same terminal has been admitted earlier. */
  isOvertaken(sn: string, id: number): boolean {
    const newest = this.#beside.get(sn) ?? this.#bySn.get(sn)
    return newest !== undefined && newest.id > id
  }

  /** Answers the sessions whose place was taken [MQTT-3.1.4-2]. */
  enter(session: LiveSession): readonly LiveSession[] {
    const { sn, resumed } = session
    const standing = this.#bySn.get(sn)
    const beside = this.#beside.get(sn)
    if (resumed && standing !== undefined) {
      this.#beside.set(sn, session)
      return beside === undefined ? [] : [beside]
    }
    this.#beside.delete(sn)
    this.#bySn.set(sn, session)
    return [standing, beside].filter((one) => one !== undefined)
  }

  /** Only its own place: it may have been taken already. */
  leave(session: LiveSession): void {
    const { sn } = session
    const beside = this.#beside.get(sn)
    if (beside === session) this.#beside.delete(sn)
    if (this.#bySn.get(sn) !== session) return
    this.#beside.delete(sn)
    if (beside === undefined) this.#bySn.delete(sn)
    else this.#bySn.set(sn, beside)
  }
}
