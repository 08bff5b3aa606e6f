/**
 * What this node does with what other nodes tell it: it looks at the records earlier than it would have.
 * A hint is never obeyed: a lane is planned from its rows, a session ends only where a newer one has
 * taken the lane under a higher fencing number.
 */
import type { CoordinationHandler } from '../ports/coordination.js'
import type { SessionRegistry } from './registry.js'

export interface HintPorts {
  readonly sessions: SessionRegistry
  nudgeLane(terminalId: number): void
  nudgeHost(): void
  nudgeCases(): void
  nudgeRevocations(): void
  /** For who follows the ledger. */
  committed(): void
}

export const heedHints = (ports: HintPorts): CoordinationHandler => {
  const { sessions } = ports
  return {
    notice(notice) {
      const session = sessions.greeted(notice.terminalId)
      if (session === undefined) return
      if (notice.kind === 'lane') ports.nudgeLane(notice.terminalId)
      else if (session.greeting.lane.fence < notice.fence) session.link.close('replaced')
    },
    called(call) {
      if (call === 'committed') ports.committed()
      if (call === 'host') ports.nudgeHost()
      if (call === 'cases') ports.nudgeCases()
      if (call === 'revoked') ports.nudgeRevocations()
    },
    missed() {
      for (const { terminalId, greeting } of sessions.all()) {
        if (greeting !== undefined) ports.nudgeLane(terminalId)
      }
      ports.nudgeHost()
      ports.nudgeCases()
      ports.nudgeRevocations()
      ports.committed()
    },
  }
}
