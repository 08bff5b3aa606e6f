/**
 * U5: behind the point of no return a cancel is refused. The point is the commit of Proceed; what opens the
 * way again is the terminal's own word that it has not erased.
 */
import type { Checker } from './checker.js'

const behind: ReadonlySet<unknown> = new Set(['proceed_sent', 'proceed_unknown', 'erasing'])

export const noWayBack: Checker = {
  name: 'no-way-back',
  rule: 'U5: behind the point of no return a cancel is refused',
  begin: (say, { ledger }) => ({
    seen(what) {
      if (what.what === 'answered' && what.verb === 'cancel-case') {
        const row = ledger.unbindCase(what.caseId)
        const phase = ledger.commands.get(row?.commandId ?? 0)?.phase
        // A cancel that came in time was answered later: then the terminal was asked to stop.
        const isLate = behind.has(phase) && what.state !== 'ABORTING'
        if (isLate)
          say(`the cancel of case ${what.caseId} is answered ${what.state} in ${String(phase)}`)
      }
      if (what.what !== 'committed') return
      if (what.name !== 'cancel-case' && what.name !== 'cancel-command') return
      for (const write of what.writes) {
        if (write.write !== 'update' || write.table !== 'command') continue
        const phase = ledger.commands.get(write.id)?.phase
        if (behind.has(phase)) say(`${what.name} moves an unbind that is ${String(phase)}`)
      }
    },
  }),
}
