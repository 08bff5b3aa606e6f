/**
 * Coordination of the nodes of one world: what Redis does between machines, at once. While they are out of
 * each other's sight no hint arrives and nobody can know who is there. A node that is gone is forgotten.
 */
import type { Coordination, CoordinationHandler } from '@tillgate/gateway'

interface Member {
  handler: CoordinationHandler | undefined
  /** Terminals greeted there, by the fencing number of their session. */
  readonly owned: Map<number, number>
}

export class NodesTogether {
  readonly #members = new Map<string, Member>()
  readonly #areOutOfSight: () => boolean

  constructor(areOutOfSight: () => boolean) {
    this.#areOutOfSight = areOutOfSight
  }

  /** One life of a node; it takes the place of the one before under its name. */
  join(name: string, incarnation: string): Coordination {
    const own: Member = { handler: undefined, owned: new Map() }
    this.#members.set(name, own)
    return {
      node: { name, incarnation },
      start: (handler) => {
        own.handler = handler
        return Promise.resolve()
      },
      own: (terminalId, fence) => this.#own(own, terminalId, fence),
      disown: (terminalId, fence) => {
        if (own.owned.get(terminalId) === fence) own.owned.delete(terminalId)
      },
      tell: (notice) => {
        for (const { owned, handler } of this.#inSightOf(own)) {
          if (owned.has(notice.terminalId)) handler?.notice(notice)
        }
      },
      call: (call) => {
        for (const { handler } of this.#inSightOf(own)) handler?.called(call)
      },
      online: (terminalIds) =>
        Promise.resolve(this.#areOutOfSight() ? undefined : this.#online(terminalIds)),
      // Where nobody can know, everybody holds it.
      lease: () => ({
        held: () => this.#areOutOfSight() || [...this.#members.keys()][0] === name,
      }),
      take: () => Promise.resolve(undefined),
      nodes: () => Promise.resolve([...this.#members.keys()]),
      health: () => ({ ok: true, reasons: [] }),
      counts: () => ({
        noticesSent: 0,
        noticesReceived: 0,
        noticesDropped: 0,
        missed: 0,
        reachable: !this.#areOutOfSight(),
      }),
      stop: () => Promise.resolve(),
    }
  }

  leave(name: string): void {
    this.#members.delete(name)
  }

  /** They see each other again: what was told meanwhile is lost. */
  meet(): void {
    for (const { handler } of [...this.#members.values()]) handler?.missed()
  }

  #inSightOf(own: Member): readonly Member[] {
    return this.#areOutOfSight() ? [own] : [...this.#members.values()]
  }

  #own(own: Member, terminalId: number, fence: number): void {
    for (const other of this.#members.values()) {
      const held = other.owned.get(terminalId)
      if (other === own || held === undefined || held >= fence) continue
      other.owned.delete(terminalId)
      if (!this.#areOutOfSight()) other.handler?.notice({ kind: 'moved', terminalId, fence })
    }
    if ((own.owned.get(terminalId) ?? 0) < fence) own.owned.set(terminalId, fence)
  }

  #online(terminalIds: readonly number[]): ReadonlySet<number> {
    const members = [...this.#members.values()]
    return new Set(terminalIds.filter((id) => members.some(({ owned }) => owned.has(id))))
  }
}
