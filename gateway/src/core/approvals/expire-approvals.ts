/** A part of the expiry loop's turn: requests that nobody has decided on in time. */
import type { Records } from '../ports/records.js'
import { approvalLimits } from './policy.js'

export const expireApprovals = async (records: Records, nowMs: number): Promise<void> => {
  const limit = approvalLimits.overduePerTurnMax
  const overdue = await records.read('overdue-approvals', { nowMs, limit })
  await Promise.all(
    overdue.map(({ uuid }) =>
      records.submit('expire-approval', { approvalUuid: uuid, atMs: nowMs }),
    ),
  )
}
