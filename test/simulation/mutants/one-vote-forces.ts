/** A forced close is granted like everything else. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const oneVoteForces: Mutant = {
  name: 'one-vote-forces',
  plants: 'a forced close needs one approver, where the policy asks for no more',
  breaks: 'a forced close is decided by two persons',
  replaced: {
    operations: deciding('request-approval', (own, rows, input) =>
      own(rows, { ...input, policy: { ...input.policy, oneApproverTargetsMax: 10_000 } }),
    ),
  },
}
