/**
 * The rows of people and of what they decide: users with their sessions, approvals with targets and votes,
 * what was asked for lately, and how many terminals stand between `Proceed` and proof. Conventions as in
 * `tables.ts`.
 */
type Flag = 0 | 1

export type UserState =
  | 'INVITED' // has an activation text, and no password yet
  | 'ACTIVE'
  | 'LOCKED' // by an administrator
  | 'LEFT' // for ever

export interface UserRow {
  readonly id: number
  readonly uuid: Uint8Array
  /** Stands in the ledger as the actor; given once, for ever, and never to an API token. */
  readonly login: string
  readonly name: string
  /** Sorted, separated by single spaces. */
  readonly roles: string
  /** Of whom the user is an agent; set exactly where the role is. */
  readonly agentId: string | null
  /** May approve for this acquirer alone; null: for all. */
  readonly acquirerCode: string | null
  readonly state: UserState
  /** Rises with a new password, a reset, a lock: sessions of an earlier one have ended. */
  readonly epoch: number
  /** PHC string. */
  readonly passwordHash: string | null
  /** Sealed. */
  readonly totpSecret: Uint8Array | null
  /** The highest step whose code was taken; a code counts once (RFC 6238 §5.2). */
  readonly totpStep: number
  /** Wrong tries since the last right one. */
  readonly failedAttempts: number
  /** Until then every try fails, right ones as well. 0: none. */
  readonly heldUntilMs: number
  /** SHA-256 of the one-time text. */
  readonly activationHash: Uint8Array | null
  readonly activationEndsAtMs: number | null
  /** Who handed out the latest activation text: whoever holds it is this user. */
  readonly admittedBy: string
  readonly createdBy: string
  readonly createdAtMs: number
}

export interface UserSessionRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly userId: number
  readonly tokenHash: Uint8Array
  readonly userEpoch: number
  readonly createdAtMs: number
  /** To the minute. */
  readonly seenAtMs: number
  readonly endsAtMs: number
  readonly endedAtMs: number | null
}

export type ApprovalState = 'PENDING' | 'GRANTED' | 'REJECTED' | 'WITHDRAWN' | 'EXPIRED' | 'USED'

export interface ApprovalRow {
  readonly id: number
  readonly uuid: Uint8Array
  /** `unbind`, `force`, `wipe`, `waiver`, … */
  readonly kind: string
  /** The frozen subject: canonical JSON, UTF-8. */
  readonly subject: Uint8Array
  readonly subjectHash: Uint8Array
  readonly targetCount: number
  readonly makerActor: string
  /** One of the two. */
  readonly makerUserId: number | null
  readonly makerTokenUuid: Uint8Array | null
  /** The maker, whoever made the maker's token, and so on: JSON list of names. None of them may approve. */
  readonly makerNames: string
  /** Destructive targets of this maker in the window, these included. */
  readonly makerCount: number
  /** The same of the merchant with the most. */
  readonly merchantCount: number
  readonly approversNeeded: number
  /** Somebody decided it alone. */
  readonly breakGlass: Flag
  /** Terminals between Proceed and proof, where more than the brake's were approved. */
  readonly brakeCap: number | null
  /** Where all targets have the same one. */
  readonly acquirerCode: string | null
  readonly state: ApprovalState
  /** 1 while PENDING. */
  readonly open: Flag
  readonly reason: string
  readonly usedCount: number
  readonly expiresAtMs: number
  readonly createdAtMs: number
  readonly decidedAtMs: number | null
}

export interface ApprovalTargetRow {
  readonly id: number
  readonly approvalId: number
  readonly terminalId: number
  readonly sn: string
  readonly merchantId: number
  readonly bindingUuid: Uint8Array
  readonly bindingEpoch: number
  /** What has taken it, by its public id: one case, one command. */
  readonly usedBy: string | null
}

export interface ApprovalVoteRow {
  readonly id: number
  readonly approvalId: number
  readonly userId: number
  readonly decision: 'approve' | 'reject'
  readonly reason: string
  /** Of the list that the voter had seen. */
  readonly subjectHash: Uint8Array
  readonly totpStep: number
  /** How sure we are who it was. */
  readonly label: string
  readonly breakGlass: Flag
  readonly atMs: number
}

/** Destructive targets asked for, by the hour: of a maker, of a merchant. */
export interface ApprovalTallyRow {
  readonly id: number
  /** `maker:…` or `merchant:…`. */
  readonly key: string
  /** JSON list of [hour since 1970, targets]; what lies before the window is dropped. */
  readonly hours: string
}

/** One row, id 1: how many terminals are between `Proceed` and proof. */
export interface BrakeRow {
  readonly id: number
  readonly held: number
}

export interface PeopleTables {
  readonly user: UserRow
  readonly userSession: UserSessionRow
  readonly approval: ApprovalRow
  readonly approvalTarget: ApprovalTargetRow
  readonly approvalVote: ApprovalVoteRow
  readonly approvalTally: ApprovalTallyRow
  readonly brake: BrakeRow
}

type Columns = {
  readonly [T in keyof PeopleTables]: { readonly [C in keyof PeopleTables[T]]: true }
}

export const peopleColumns: Columns = {
  user: {
    id: true,
    uuid: true,
    login: true,
    name: true,
    roles: true,
    agentId: true,
    acquirerCode: true,
    state: true,
    epoch: true,
    passwordHash: true,
    totpSecret: true,
    totpStep: true,
    failedAttempts: true,
    heldUntilMs: true,
    activationHash: true,
    activationEndsAtMs: true,
    admittedBy: true,
    createdBy: true,
    createdAtMs: true,
  },
  userSession: {
    id: true,
    uuid: true,
    userId: true,
    tokenHash: true,
    userEpoch: true,
    createdAtMs: true,
    seenAtMs: true,
    endsAtMs: true,
    endedAtMs: true,
  },
  approval: {
    id: true,
    uuid: true,
    kind: true,
    subject: true,
    subjectHash: true,
    targetCount: true,
    makerActor: true,
    makerUserId: true,
    makerTokenUuid: true,
    makerNames: true,
    makerCount: true,
    merchantCount: true,
    approversNeeded: true,
    breakGlass: true,
    brakeCap: true,
    acquirerCode: true,
    state: true,
    open: true,
    reason: true,
    usedCount: true,
    expiresAtMs: true,
    createdAtMs: true,
    decidedAtMs: true,
  },
  approvalTarget: {
    id: true,
    approvalId: true,
    terminalId: true,
    sn: true,
    merchantId: true,
    bindingUuid: true,
    bindingEpoch: true,
    usedBy: true,
  },
  approvalVote: {
    id: true,
    approvalId: true,
    userId: true,
    decision: true,
    reason: true,
    subjectHash: true,
    totpStep: true,
    label: true,
    breakGlass: true,
    atMs: true,
  },
  approvalTally: { id: true, key: true, hours: true },
  brake: { id: true, held: true },
}
