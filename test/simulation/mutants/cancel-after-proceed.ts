/** A cancel is accepted behind the point of no return. */
import { asIf, deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const cancelAfterProceed: Mutant = {
  name: 'cancel-after-proceed',
  plants: 'a cancel after the commit of Proceed is answered with yes',
  breaks: 'nothing is erased after a cancel was answered with yes',
  replaced: {
    operations: deciding('cancel-command', (own, rows, input) => {
      const phase = rows.command?.phase
      const isSent = phase === 'proceed_sent' || phase === 'proceed_unknown'
      return own(isSent ? asIf(rows, { phase: 'tid_blocking' }) : rows, input)
    }),
  },
}
