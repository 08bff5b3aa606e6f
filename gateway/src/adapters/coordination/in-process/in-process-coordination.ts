/**
 * Coordination of a node that is alone: every hint is for itself, every lease its own. The embedded
 * default, and what the simulation runs on. It counts nobody's rate: who asks counts in its own memory.
 */
import type {
  Coordination,
  CoordinationHandler,
  NodeIdentity,
} from '../../../core/ports/coordination.js'

const silent: CoordinationHandler = {
  notice: () => undefined,
  called: () => undefined,
  missed: () => undefined,
}

export const openInProcessCoordination = (node: NodeIdentity): Coordination => {
  let handler = silent
  let sent = 0
  /** Terminals greeted here, by the fencing number of their session. */
  const owned = new Map<number, number>()

  return {
    node,
    start(given) {
      handler = given
      return Promise.resolve()
    },
    own(terminalId, fence) {
      const former = owned.get(terminalId)
      if (former === undefined || former < fence) owned.set(terminalId, fence)
    },
    disown(terminalId, fence) {
      if (owned.get(terminalId) === fence) owned.delete(terminalId)
    },
    tell(notice) {
      if (!owned.has(notice.terminalId)) return
      sent++
      handler.notice(notice)
    },
    call(call) {
      handler.called(call)
    },
    online: (terminalIds) =>
      Promise.resolve(new Set(terminalIds.filter((terminalId) => owned.has(terminalId)))),
    lease: () => ({ held: () => true }),
    take: () => Promise.resolve(undefined),
    nodes: () => Promise.resolve([node.name]),
    health: () => ({ ok: true, reasons: [] }),
    counts: () => ({
      noticesSent: sent,
      noticesReceived: sent,
      noticesDropped: 0,
      missed: 0,
      reachable: true,
    }),
    stop() {
      handler = silent
      owned.clear()
      return Promise.resolve()
    },
  }
}
