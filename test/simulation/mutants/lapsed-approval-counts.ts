/** Once taken, an approval is looked at no more. */
import type { HeldApproval } from '@tillgate/gateway'

import { both, deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

const forEver = (held: HeldApproval | undefined): HeldApproval | undefined =>
  held && { ...held, approval: { ...held.approval, expiresAtMs: Number.MAX_SAFE_INTEGER } }

export const lapsedApprovalCounts: Mutant = {
  name: 'lapsed-approval-counts',
  plants: 'Proceed is committed under an approval that has lapsed',
  breaks: 'an approval has a time',
  replaced: {
    operations: both(
      deciding('order-case', (own, rows, input) => {
        const { unbindCase, held } = rows.approved
        return own({ ...rows, approved: { unbindCase, held: forEver(held) } }, input)
      }),
      deciding('commit-proceed', (own, rows, input) =>
        own({ ...rows, held: forEver(rows.held) }, input),
      ),
    ),
  },
}
