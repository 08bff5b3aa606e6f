/** The epoch of the next binding is counted from the wrong end. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const epochSkipped: Mutant = {
  name: 'epoch-skipped',
  plants: 'a Bind takes the epoch after the next',
  breaks: 'B2: the epoch rises by one',
  replaced: {
    operations: deciding('order-binding', (own, rows, input) => {
      const { terminal } = rows
      const later = terminal && { ...terminal, issuedEpoch: terminal.issuedEpoch + 1 }
      return own({ ...rows, terminal: later }, input)
    }),
  },
}
