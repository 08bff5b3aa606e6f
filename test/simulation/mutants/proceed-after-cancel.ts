/** The commit of Proceed trusts what dispatch read a moment ago. */
import { asIf, deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const proceedAfterCancel: Mutant = {
  name: 'proceed-after-cancel',
  plants: 'Proceed is committed although a cancel came in between',
  breaks: 'nothing is erased after a cancel was answered with yes',
  replaced: {
    operations: deciding('commit-proceed', (own, rows, input) => {
      if (rows.command?.phase !== 'aborting') return own(rows, input)
      const { unbindCase } = rows
      const asBefore = unbindCase && { ...unbindCase, state: 'TID_BLOCKING' as const }
      return own({ ...asIf(rows, { phase: 'tid_blocking' }), unbindCase: asBefore }, input)
    }),
  },
}
