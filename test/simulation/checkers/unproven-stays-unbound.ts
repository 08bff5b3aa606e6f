/**
 * B3: a terminal whose last binding was released without a proof gets no other before a proof has come, or
 * an erase by hand is on record.
 */
import type { BindingRow } from '@tillgate/gateway'

import type { Checker } from './checker.js'
import { snOf } from './ledger-model.js'

export const unprovenStaysUnbound: Checker = {
  name: 'unproven-stays-unbound',
  rule: 'B3: no new binding for a terminal whose last release is unproven',
  begin: (say, { ledger }) => ({
    seen(what) {
      if (what.what !== 'committed') return
      for (const write of what.writes) {
        if (write.write !== 'insert' || write.table !== 'binding') continue
        const { terminalId } = write.row as unknown as BindingRow
        const last = [...ledger.bindings.values()].findLast((one) => one.terminalId === terminalId)
        if (last?.state !== 'RELEASED_UNPROVEN') continue
        const isProven = ledger.proofs.some(
          ({ bindingId, partial }) => bindingId === last.id && partial === 0,
        )
        const byHand = [...ledger.forcedCloses.values()].some(
          ({ bindingId, erasedBy }) => bindingId === last.id && erasedBy === 'depot',
        )
        if (!isProven && !byHand) say(`${snOf(terminalId)} is bound, and nobody knows of an erase`)
      }
    },
  }),
}
