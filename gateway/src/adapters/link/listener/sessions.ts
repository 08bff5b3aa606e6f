/**
 * Which session stands for which serial number in this process: one at most, the newest. Routing is
 * this map and nothing else.
 */
import type { LiveSession } from './live-session.js'

export class Sessions {
  readonly #bySn = new Map<string, LiveSession>()
  #lastId = 0

  get size(): number {
    return this.#bySn.size
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
    const present = this.#bySn.get(sn)
    return present !== undefined && present.id > id
  }

  /** Answers the session whose place was taken [MQTT-3.1.4-2]. */
  enter(session: LiveSession): LiveSession | undefined {
    const before = this.#bySn.get(session.sn)
    this.#bySn.set(session.sn, session)
    return before
  }

  /** Only its own place: it may have been taken already. */
  leave(session: LiveSession): void {
    if (this.#bySn.get(session.sn) === session) this.#bySn.delete(session.sn)
  }
}
