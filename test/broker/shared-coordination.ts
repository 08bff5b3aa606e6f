// Coordination of several nodes in one process: what Redis does between machines, at once and never lost.
// A node that is gone is not alive any more, and neither is what it held.
import type { Coordination, CoordinationHandler } from '@tillgate/gateway'

interface Member {
  handler: CoordinationHandler | undefined
  readonly owned: Map<number, number>
}

export class SharedCoordination {
  readonly #members = new Map<string, Member>()
  /** Nobody can know who is there. */
  isOut = false

  node(name: string): Coordination {
    const member: Member = { handler: undefined, owned: new Map() }
    const members = this.#members
    const others = (): Member[] => [...members.values()]
    return {
      node: { name, incarnation: name.padEnd(32, '0') },
      start: (handler) => {
        member.handler = handler
        members.set(name, member)
        return Promise.resolve()
      },
      own: (terminalId, fence) => {
        for (const other of others()) {
          const held = other.owned.get(terminalId)
          if (other === member || held === undefined || held >= fence) continue
          other.owned.delete(terminalId)
          if (!this.isOut) other.handler?.notice({ kind: 'moved', terminalId, fence })
        }
        member.owned.set(terminalId, fence)
      },
      disown: (terminalId, fence) => {
        if (member.owned.get(terminalId) === fence) member.owned.delete(terminalId)
      },
      tell: (notice) => {
        if (this.isOut) return
        for (const { owned, handler } of others()) {
          if (owned.has(notice.terminalId)) handler?.notice(notice)
        }
      },
      call: (call) => {
        for (const { handler } of others()) handler?.called(call)
      },
      online: (terminalIds) =>
        Promise.resolve(
          this.isOut
            ? undefined
            : new Set(terminalIds.filter((id) => others().some(({ owned }) => owned.has(id)))),
        ),
      // The first that is alive.
      lease: () => ({ held: () => members.keys().next().value === name }),
      take: () => Promise.resolve(undefined),
      nodes: () => Promise.resolve([...members.keys()]),
      health: () => ({ ok: true, reasons: [] }),
      counts: () => ({
        noticesSent: 0,
        noticesReceived: 0,
        noticesDropped: 0,
        missed: 0,
        reachable: !this.isOut,
      }),
      stop: () => {
        if (members.get(name) === member) members.delete(name)
        return Promise.resolve()
      },
    }
  }

  /** Which node keeps this terminal's lane. */
  ownerOf(terminalId: number): string | undefined {
    for (const [name, { owned }] of this.#members) if (owned.has(terminalId)) return name
    return undefined
  }
}
