/** How many persons must approve: by the larger of the counts of the maker and of each merchant. */
import type { ApprovalPolicy } from './policy.js'

export const approversNeeded = (
  counts: readonly number[],
  policy: Pick<ApprovalPolicy, 'oneApproverTargetsMax' | 'approversAbove'>,
): number => (Math.max(...counts) <= policy.oneApproverTargetsMax ? 1 : policy.approversAbove)
