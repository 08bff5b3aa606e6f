/**
 * Who may vote on a request, and whether somebody may decide it alone. Pure; the first rule that is broken
 * is the answer. Nobody approves what he asked for himself, by whatever token of his, nor what was asked for
 * by whoever let him in: that would be one person with two names. Rejecting has the same rules, so that a
 * vote is a vote.
 */
import type { EpochMs } from '../ports/system.js'
import { hasRole } from '../people/roles.js'
import { isFreshStep, isHeld } from '../people/tries.js'
import { sameBytes } from '../records/same-bytes.js'
import type { ApprovalRow, ApprovalVoteRow, UserRow } from '../records/tables.js'
import type { ApprovalPolicy } from './policy.js'

export interface Ballot {
  readonly decision: 'approve' | 'reject'
  /** Of what the voter has seen. */
  readonly subjectHash: Uint8Array
  readonly breakGlass: boolean
  /** The step of the code that came with the vote; undefined where it was wrong. */
  readonly totpStep: number | undefined
  readonly atMs: EpochMs
}

export type VoteRefusal =
  | 'NOT_AN_APPROVER'
  | 'BREAK_GLASS_OFF'
  | 'ILLEGAL_STATE'
  | 'APPROVAL_EXPIRED'
  | 'OWN_REQUEST'
  | 'OTHER_ACQUIRER'
  | 'ALREADY_VOTED'
  | 'SUBJECT_CHANGED'
  | 'CODE_REFUSED'

export interface VoteSituation {
  readonly approval: ApprovalRow
  readonly voter: UserRow
  readonly votes: readonly ApprovalVoteRow[]
  readonly policy: ApprovalPolicy
}

const namesOf = ({ makerNames }: ApprovalRow): readonly string[] =>
  JSON.parse(makerNames) as readonly string[]

export const isOwnRequest = (approval: ApprovalRow, voter: UserRow): boolean =>
  approval.makerUserId === voter.id || namesOf(approval).includes(voter.login)

/** The voter's account is the maker's work. */
const isMakersCreature = (approval: ApprovalRow, voter: UserRow): boolean =>
  voter.admittedBy === approval.makerActor

const mayDecideAtAll = (
  { approval, voter, policy }: VoteSituation,
  ballot: Ballot,
): VoteRefusal | undefined => {
  if (voter.state !== 'ACTIVE' || hasRole(voter, 'agent')) return 'NOT_AN_APPROVER'
  const isOwn = isOwnRequest(approval, voter)
  if (!ballot.breakGlass) {
    if (!hasRole(voter, 'approver')) return 'NOT_AN_APPROVER'
    return isOwn || isMakersCreature(approval, voter) ? 'OWN_REQUEST' : undefined
  }
  if (policy.breakGlass === 'off') return 'BREAK_GLASS_OFF'
  if (!hasRole(voter, 'administrator')) return 'NOT_AN_APPROVER'
  return isOwn && policy.breakGlass !== 'alone' ? 'OWN_REQUEST' : undefined
}

export const mayVote = (situation: VoteSituation, ballot: Ballot): VoteRefusal | undefined => {
  const { approval, voter, votes } = situation
  const objection = mayDecideAtAll(situation, ballot)
  if (objection !== undefined) return objection
  const isForeign = voter.acquirerCode !== null && voter.acquirerCode !== approval.acquirerCode
  if (isForeign) return 'OTHER_ACQUIRER'
  if (approval.state !== 'PENDING') return 'ILLEGAL_STATE'
  if (ballot.atMs >= approval.expiresAtMs) return 'APPROVAL_EXPIRED'
  if (votes.some(({ userId }) => userId === voter.id)) return 'ALREADY_VOTED'
  if (!sameBytes(ballot.subjectHash, approval.subjectHash)) return 'SUBJECT_CHANGED'
  const isProved = !isHeld(voter, ballot.atMs) && isFreshStep(voter, ballot.totpStep)
  return isProved ? undefined : 'CODE_REFUSED'
}

/** Where the request stands after this vote. */
export const afterVote = (
  { approval, votes }: Pick<VoteSituation, 'approval' | 'votes'>,
  { decision, breakGlass }: Pick<Ballot, 'decision' | 'breakGlass'>,
): 'PENDING' | 'GRANTED' | 'REJECTED' => {
  if (decision === 'reject') return 'REJECTED'
  const approving = votes.filter((vote) => vote.decision === 'approve').length + 1
  return breakGlass || approving >= approval.approversNeeded ? 'GRANTED' : 'PENDING'
}
