/**
 * Calls to the host carry a number that rises per TID (rule 2): a call takes effect only above all that
 * did before, so that a late unblock opens nothing; and at rest a TID whose unbind is done stays closed.
 */
import { account } from '../world/factory.js'
import type { Checker } from './checker.js'

export const hostCallsRise: Checker = {
  name: 'host-calls-rise',
  rule: 'a late call to the host never undoes a later one',
  begin: (say, { ledger }) => {
    const highest = new Map<string, number>()
    return {
      seen(what) {
        if (what.what !== 'host-called' || !what.answer.ok) return
        const { tid, verb, callNumber } = what
        const before = highest.get(tid) ?? 0
        if (callNumber < before) {
          say(`${verb} ${String(callNumber)} of ${tid} is carried out after ${String(before)}`)
        }
        highest.set(tid, Math.max(before, callNumber))
      },
      atRest({ host }) {
        for (const { tid, state } of ledger.bindings.values()) {
          const isOpen = host.isOpen({ ...account, tid })
          if (state === 'RELEASED' && isOpen) say(`${tid} is open, though its terminal is unbound`)
        }
      },
    }
  },
}
