/**
 * What is allowed without whom: policy as data, named in the configuration of a node and handed to the
 * operations with each decision. All nodes of one installation must be given the same.
 */
export type BreakGlass =
  | 'off' // nobody decides alone
  | 'second' // an administrator may be the second person alone; never for an own request
  | 'alone' // for an own request as well: where there is only one person at all

export interface ApprovalPolicy {
  /** Up to so many targets, counted over the window, one approver is enough. */
  readonly oneApproverTargetsMax: number
  /** Above. */
  readonly approversAbove: number
  /** Whole hours; counted by the hour, so up to one hour more is looked back. */
  readonly windowHours: number
  readonly breakGlass: BreakGlass
}

export const defaultApprovalPolicy: ApprovalPolicy = {
  oneApproverTargetsMax: 10,
  approversAbove: 2,
  windowHours: 24,
  breakGlass: 'off',
}

export interface BrakePolicy {
  /** Of the terminals in service, how many may be between Proceed and proof. */
  readonly percent: number
  /** However few there are. */
  readonly atLeast: number
}

/** Domain §5. */
export const defaultBrakePolicy: BrakePolicy = { percent: 1, atLeast: 10 }

export const approvalLimits = {
  targetsMax: 1_000,
  /** Approvers that a policy may ask for, and votes on one request. */
  approversMax: 8,
  votesMax: 32,
  /** How long a request may stand, and be used once granted. */
  lifetimeMsMin: 60_000,
  lifetimeMsDefault: 24 * 3_600_000,
  lifetimeMsMax: 30 * 24 * 3_600_000,
  reasonLengthMax: 500,
  kindLengthMax: 32,
  parametersBytesMax: 4_096,
  overduePerTurnMax: 200,
  /** Approvals of one subject that are looked at: whoever asks again for the same gets another. */
  sameSubjectMax: 16,
} as const
