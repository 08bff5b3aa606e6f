/** The sessions connected to this node, by the link's session and by terminal. The newest wins. */
import type { LinkSession } from '../ports/link.js'
import type { Greeting, Session } from './session.js'

export class SessionRegistry {
  readonly #byLink = new Map<number, Session>()
  readonly #byTerminal = new Map<number, Session>()

  add(session: Session): void {
    this.#byLink.set(session.link.id, session)
    this.#byTerminal.set(session.terminalId, session)
  }

  remove(link: LinkSession): Session | undefined {
    const session = this.#byLink.get(link.id)
    if (session === undefined) return undefined
    this.#byLink.delete(link.id)
    if (this.#byTerminal.get(session.terminalId) === session) {
      this.#byTerminal.delete(session.terminalId)
    }
    return session
  }

  ofLink(link: LinkSession): Session | undefined {
    return this.#byLink.get(link.id)
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
