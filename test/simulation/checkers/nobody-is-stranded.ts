/**
 * Nobody is left connected, unable to sell, with a case that does not move: at rest a terminal whose
 * binding is in force sells, and one that was unbound or locked does not.
 */
import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'

export const nobodyIsStranded: Checker = {
  name: 'nobody-is-stranded',
  rule: 'nobody is left connected, unable to sell, with a case that does not move',
  begin: (say, { ledger }) => {
    return {
      atRest({ lastSales, terminals }) {
        const selling = new Set<string>()
        const undecided = new Set<string>()
        for (const { terminalId, state } of ledger.bindings.values()) {
          // RELEASING at rest: its unbind is parked, and the terminal was released.
          if (state === 'ACTIVE' || state === 'RELEASING') selling.add(snOf(terminalId))
          // A parked Bind may or may not have been heard of.
          if (state === 'DELIVERING' || state === 'WITHDRAWING') undecided.add(snOf(terminalId))
        }
        for (const { sn, running } of terminals) {
          if (undecided.has(sn) || ledger.isGivenUp(sn)) continue
          const isLocked = running.state().flash.cells.lock !== undefined
          const outcome = lastSales.get(sn) ?? 'no answer'
          const expected = selling.has(sn) && !isLocked ? 'approved' : 'not-possible'
          if (outcome !== expected) say(`a sale at ${sn} is ${outcome}, and should be ${expected}`)
        }
      },
    }
  },
}
