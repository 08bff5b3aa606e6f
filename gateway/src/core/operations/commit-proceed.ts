/**
 * commit-proceed: the point of no return. In one transaction it re-reads that the command waits in
 * tid_blocking for this very ready nonce, that the host answered the block call made for it, that
 * nobody has cancelled (that would be another phase), and that epochs and lane have not moved; then
 * the Proceed, already encoded, is durable and may be signed. The brake is taken here as well: as many
 * terminals between Proceed and proof as may be, or as were approved.
 * Results: MoveResult; moved | NOT_FOUND | FENCED | BAD_NONCE | STALE_EPOCH | ILLEGAL_STATE | BRAKE (again
 * later).
 * Events: command.proceed_sent.
 */
import {
  decideMove,
  loadCommandWith,
  refusal,
  type CommandRows,
  type MoveResult,
} from './command-move.js'
import { many, nothing, operation, type Load } from './operation.js'
import { isBraked } from '../approvals/brake.js'
import { approvalLimits, defaultBrakePolicy } from '../approvals/policy.js'
import { sameBytes } from '../records/same-bytes.js'
import type { ApprovalRow, CommandRow } from '../records/tables.js'

export interface CommitProceedInput {
  readonly commandId: number
  readonly fence: number
  readonly readyNonce: Uint8Array
  readonly body: Uint8Array
  readonly bodyHash: Uint8Array
  readonly seq: number
  /** `brakeLimit` of the policy and the terminals in service; its least where left out. */
  readonly brakeLimit?: number
  readonly atMs: number
}

export interface Rows extends CommandRows {
  /** Those of the command's subject. */
  readonly approvals: readonly ApprovalRow[]
}

const approvalsOf = ({ approvalHash }: CommandRow): Load<readonly ApprovalRow[]> =>
  approvalHash === null
    ? nothing([])
    : many('approval', { subjectHash: approvalHash }, approvalLimits.sameSubjectMax)

function* load({ commandId }: CommitProceedInput): Load<Rows> {
  const { rows, more } = yield* loadCommandWith({ commandId }, approvalsOf, [])
  return { ...rows, approvals: more }
}

/** How many were approved to be under way at once. */
const approvedCap = ({ approvals }: Rows, atMs: number): number =>
  Math.max(
    0,
    ...approvals
      .filter(
        ({ state, expiresAtMs }) => (state === 'GRANTED' || state === 'USED') && atMs < expiresAtMs,
      )
      .map(({ brakeCap }) => brakeCap ?? 0),
  )

export const commitProceed = operation<CommitProceedInput, Rows, MoveResult>({
  name: 'commit-proceed',
  load,
  decide(rows, input) {
    const { command, terminal, binding, unbindCase } = rows
    if (command === undefined || terminal === undefined) return refusal('NOT_FOUND')
    if (terminal.fence !== input.fence || input.seq > terminal.seqBlockEnd) return refusal('FENCED')
    if (!sameBytes(input.readyNonce, command.readyNonce)) return refusal('BAD_NONCE')
    const epochsHold =
      command.assetEpoch === terminal.assetEpoch &&
      command.bindingEpoch === terminal.bindingEpoch &&
      binding?.epoch === command.bindingEpoch
    if (!epochsHold) return refusal('STALE_EPOCH')
    const approves =
      unbindCase === undefined ||
      (unbindCase.state === 'TID_BLOCKING' &&
        unbindCase.approvalHash !== null &&
        sameBytes(unbindCase.approvalHash, command.approvalHash))
    if (!approves) return refusal('ILLEGAL_STATE')
    const limit = input.brakeLimit ?? defaultBrakePolicy.atLeast
    const mayGo = command.phase === 'tid_blocking' && command.hostAnswer === 'blocked'
    if (mayGo && isBraked(rows.brake?.held ?? 0, limit, approvedCap(rows, input.atMs))) {
      return refusal('BRAKE')
    }
    return decideMove(
      rows,
      { on: 'proceed' },
      {
        atMs: input.atMs,
        actor: 'gateway',
        set: {
          proceedBody: input.body,
          proceedHash: input.bodyHash,
          proceedSeq: input.seq,
          proceedAtMs: input.atMs,
        },
        data: { seq: input.seq },
      },
    )
  },
})
