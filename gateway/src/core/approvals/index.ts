/** What others may name of approvals: policy, subject, coverage, and the service behind the API. */
export * from './policy.js'
export { subjectBytes, type Subject, type SubjectTarget } from './subject.js'
export { covers, type Coverage, type HeldApproval, type Wanted } from './covers.js'
export { loadHeldApproval, type ApprovalKey } from './load-held.js'
export type {
  ApprovalMaker,
  RequestApprovalInput,
  RequestApprovalResult,
  RequestedTarget,
} from '../operations/request-approval.js'
export { useApproval, type Taking } from './use-approval.js'
export { brakeLimit, isBraked } from './brake.js'
export { createApprovalService } from './approval-service.js'
export type {
  ApprovalAsked,
  ApprovalRequest,
  ApprovalService,
  LineFault,
  Vote,
} from './approval-service.js'
