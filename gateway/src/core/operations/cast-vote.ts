/**
 * cast-vote: a person decides on a request, with a code that was checked before and is used up here. The
 * rules stand in `core/approvals/may-vote.ts`. Whoever decides alone (break-glass) is on record in the
 * approval, in the vote and as an alarm, in one transaction with the grant.
 * Results: ok with the state after it | NOT_FOUND | what `mayVote` refuses with. A wrong code counts as a
 * wrong try of the voter.
 * Events: approval.vote; approval.granted, approval.rejected; alarm.BREAK_GLASS; user.refused, alarm.USER_HELD.
 */
import { toHex, uuidToText } from '@tillgate/protocol'

import {
  afterVote,
  isOwnRequest,
  mayVote,
  type Ballot,
  type VoteRefusal,
} from '../approvals/may-vote.js'
import { approvalLimits, type ApprovalPolicy } from '../approvals/policy.js'
import { afterRightTry } from '../people/tries.js'
import type { ApprovalRow, ApprovalState, ApprovalVoteRow, UserRow } from '../records/tables.js'
import { event } from './event.js'
import {
  insert,
  many,
  one,
  operation,
  together,
  update,
  type Load,
  type Write,
} from './operation.js'
import { wrongTry } from './sign-in.js'

export interface CastVoteInput extends Ballot {
  readonly approvalUuid: Uint8Array
  readonly userId: number
  readonly reason: string
  readonly policy: ApprovalPolicy
}

export interface CastVoteRows {
  readonly approval: ApprovalRow | undefined
  readonly voter: UserRow | undefined
  readonly votes: readonly ApprovalVoteRow[]
}

export type CastVoteResult =
  | { readonly ok: true; readonly state: ApprovalState; readonly breakGlass: boolean }
  | { readonly ok: false; readonly code: VoteRefusal | 'NOT_FOUND' }

/** How sure we are of the voter: it is our server that says so, not a signature of his own. */
const label = 'one-time code checked by the server'

function* load({ approvalUuid, userId }: CastVoteInput): Load<CastVoteRows> {
  const { approval, voter } = yield* together({
    approval: one('approval', { uuid: approvalUuid }),
    voter: one('user', { id: userId }),
  })
  const votes =
    approval === undefined
      ? []
      : yield* many('approvalVote', { approvalId: approval.id }, approvalLimits.votesMax)
  return { approval, voter, votes }
}

type Present = CastVoteRows & { readonly approval: ApprovalRow; readonly voter: UserRow }

const lines = (
  { approval, voter }: Present,
  input: CastVoteInput,
  state: 'PENDING' | 'GRANTED' | 'REJECTED',
): readonly Write[] => {
  const { atMs, decision, reason, breakGlass } = input
  const about = { atMs, actor: voter.login }
  const data = {
    approval: uuidToText(approval.uuid),
    kind: approval.kind,
    subjectHash: toHex(approval.subjectHash),
    targets: approval.targetCount,
    reason,
    ...(breakGlass ? { breakGlass, ownRequest: isOwnRequest(approval, voter) } : {}),
  }
  return [
    event({ ...about, kind: 'approval.vote', data: { ...data, decision, label } }),
    ...(breakGlass ? [event({ ...about, kind: 'alarm.BREAK_GLASS', data })] : []),
    ...(state === 'PENDING'
      ? []
      : [event({ ...about, kind: `approval.${state.toLowerCase()}`, data })]),
  ]
}

const voted = (rows: Present, input: CastVoteInput, totpStep: number): readonly Write[] => {
  const { approval, voter } = rows
  const { atMs, decision, reason, subjectHash } = input
  const state = afterVote(rows, input)
  const breakGlass = input.breakGlass ? 1 : 0
  return [
    update('user', voter.id, { totpStep, ...afterRightTry }),
    insert('approvalVote', {
      approvalId: approval.id,
      userId: voter.id,
      decision,
      reason,
      subjectHash,
      totpStep,
      label,
      breakGlass,
      atMs,
    }),
    ...(state === 'PENDING'
      ? []
      : [
          update('approval', approval.id, {
            state,
            open: 0,
            decidedAtMs: atMs,
            ...(input.breakGlass ? { breakGlass: 1 as const } : {}),
          }),
        ]),
    ...lines(rows, input, state),
  ]
}

export const castVote = operation<CastVoteInput, CastVoteRows, CastVoteResult>({
  name: 'cast-vote',
  load,
  decide(rows, input) {
    const { approval, voter, votes } = rows
    const refused = (code: VoteRefusal | 'NOT_FOUND', writes: readonly Write[] = []) =>
      ({ writes, result: { ok: false, code } }) as const
    if (approval === undefined) return refused('NOT_FOUND')
    if (voter === undefined) return refused('NOT_AN_APPROVER')
    const { policy, totpStep, atMs, breakGlass } = input
    const code = mayVote({ approval, voter, votes, policy }, input)
    if (code === 'CODE_REFUSED') return refused(code, wrongTry(voter, atMs))
    if (code !== undefined) return refused(code)
    if (totpStep === undefined) return refused('CODE_REFUSED')
    const present = { approval, voter, votes }
    return {
      writes: voted(present, input, totpStep),
      result: { ok: true, state: afterVote(present, input), breakGlass },
    }
  },
})
