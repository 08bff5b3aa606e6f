/** What was closed by force counts as released, and its terminal as one in stock. */
import { deciding, setting } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const forceClaimsAnErase: Mutant = {
  name: 'force-claims-an-erase',
  plants: 'a forced close releases the binding as if there were a proof',
  breaks: 'a forced close claims no erase',
  replaced: {
    operations: deciding('record-forced-block', (own, rows, input) => {
      const { writes, result } = own(rows, input)
      return { writes: setting(writes, 'binding', { state: 'RELEASED' }), result }
    }),
  },
}
