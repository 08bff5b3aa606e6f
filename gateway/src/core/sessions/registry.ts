/**
 * The sessions connected to this node, by the link's session, by terminal and by serial number. The
 * newest wins; but one that came by a TLS ticket has proved no key, and takes no greeted one's place
 * before its own Hello.
 */
import type { LinkSession } from '../ports/link.js'
import type { Greeting, Session } from './session.js'

export class SessionRegistry {
  readonly #byLink = new Map<number, Session>()
  readonly #byTerminal = new Map<number, Session>()
  readonly #bySn = new Map<string, Session>()

  add(session: Session): void {
    this.#byLink.set(session.link.id, session)
    const isGreeted = this.#byTerminal.get(session.terminalId)?.greeting !== undefined
    if (!session.link.resumed || !isGreeted) this.#stand(session)
  }

  /** It has said its Hello. Answers the older session whose place it takes. */
  greet(session: Session): Session | undefined {
    const former = this.#byTerminal.get(session.terminalId)
    this.#byLink.set(session.link.id, session)
    this.#stand(session)
    return former === session ? undefined : former
  }

  /**
   * The later session that stands for its terminal: what this one, whose Hello has taken the lane under
   * `fence`, still says comes too late. The later connection counts; behind a broker there is none, and a
   * Hello of long ago may come after a new one: there the later to take the lane.
   */
  overtaking(session: Session, fence: number): Session | undefined {
    const standing = this.#byTerminal.get(session.terminalId)
    if (standing === undefined || standing === session) return undefined
    const isLater = session.brokered
      ? (standing.greeting?.lane.fence ?? 0) > fence
      : standing.link.id > session.link.id
    return isLater ? standing : undefined
  }

  #stand(session: Session): void {
    this.#byTerminal.set(session.terminalId, session)
    this.#bySn.set(session.sn, session)
  }

  remove(link: LinkSession): Session | undefined {
    const session = this.#byLink.get(link.id)
    if (session === undefined) return undefined
    this.#byLink.delete(link.id)
    if (this.#byTerminal.get(session.terminalId) === session) {
      this.#byTerminal.delete(session.terminalId)
      this.#bySn.delete(session.sn)
    }
    return session
  }

  ofLink(link: LinkSession): Session | undefined {
    return this.#byLink.get(link.id)
  }

  ofSn(sn: string): Session | undefined {
    return this.#bySn.get(sn)
  }

  ofTerminal(terminalId: number): Session | undefined {
    return this.#byTerminal.get(terminalId)
  }

  /** Connected here and greeted: its lane is ours. */
  greeted(terminalId: number): (Session & { readonly greeting: Greeting }) | undefined {
    const session = this.#byTerminal.get(terminalId)
    return session !== undefined && session.greeting !== undefined && !session.closed
      ? (session as Session & { readonly greeting: Greeting })
      : undefined
  }

  all(): IterableIterator<Session> {
    return this.#byLink.values()
  }

  get size(): number {
    return this.#byLink.size
  }
}
