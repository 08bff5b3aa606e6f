/** Whether a line of an approval was taken nobody looks at. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const approvalReused: Mutant = {
  name: 'approval-reused',
  plants: 'an approval that a case has taken covers the next case as well',
  breaks: 'an approval covers one case',
  seenBy: 'approvals-cover-one-case',
  replaced: {
    operations: deciding('approve-case', (own, rows, input) => {
      const target = rows.held?.target
      if (rows.held === undefined || target === undefined) return own(rows, input)
      const free = { approval: rows.held.approval, target: { ...target, usedBy: null } }
      const { writes, result } = own({ ...rows, held: free }, input)
      // Nothing is written of the taking, so that it is found again.
      return {
        writes: writes.filter(({ table }) => table !== 'approvalTarget' && table !== 'approval'),
        result,
      }
    }),
  },
}
