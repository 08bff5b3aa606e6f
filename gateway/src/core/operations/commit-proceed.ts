/**
 * commit-proceed: the point of no return. In one transaction it re-reads that the command waits in
 * tid_blocking for this very ready nonce, that the host answered the block call made for it, that
 * nobody has cancelled (that would be another phase), and that epochs and lane have not moved; then
 * the Proceed, already encoded, is durable and may be signed. The brake is taken here as well: as many
 * terminals between Proceed and proof as may be, or as were approved. What a case was approved by must cover
 * it to this moment; where it no longer does the attempt is aborted in this very transaction. The erase after
 * a forced close stands on that close alone: no call to the host is made for it, and it covers as long as it
 * is owed.
 * Results: MoveResult; moved | NOT_FOUND | FENCED | BAD_NONCE | STALE_EPOCH | ILLEGAL_STATE | BRAKE (again
 * later) | APPROVAL_MISSING | APPROVAL_EXPIRED (aborting now).
 * Events: command.proceed_sent, command.overdue_aborting.
 */
import { uuidToText } from '@tillgate/protocol'

import { unbindApprovalKind } from './approve-case.js'
import { decideMove, loadCommandWith, refusal, type MoveResult } from './command-move.js'
import { isEraseOf, loadForcedClose, type WithForcedClose } from './forced-erase.js'
import { nothing, operation, together, type Load } from './operation.js'
import { isBraked } from '../approvals/brake.js'
import { covers, type Coverage, type HeldApproval } from '../approvals/covers.js'
import { loadHeldApproval } from '../approvals/load-held.js'
import { defaultBrakePolicy } from '../approvals/policy.js'
import { sameBytes } from '../records/same-bytes.js'
import type { CommandRow } from '../records/tables.js'

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

export interface Rows extends WithForcedClose {
  /** The approval of the command's subject, with the line of its terminal. */
  readonly held: HeldApproval | undefined
}

const loadApproval = ({
  approvalHash: subjectHash,
  terminalId,
}: CommandRow): Load<HeldApproval | undefined> =>
  subjectHash === null ? nothing(undefined) : loadHeldApproval({ subjectHash }, terminalId)

const loadGrounds = (command: CommandRow): Load<Pick<Rows, 'held' | 'forced'>> =>
  together({ held: loadApproval(command), forced: loadForcedClose(command) })

function* load({ commandId }: CommitProceedInput): Load<Rows> {
  const none = { held: undefined, forced: undefined }
  const { rows, more } = yield* loadCommandWith({ commandId }, loadGrounds, none)
  return { ...rows, ...more }
}

const isErase = ({ command, unbindCase, forced }: Rows): boolean =>
  command !== undefined && unbindCase?.state === 'CLOSED_UNPROVEN' && isEraseOf(forced, command)

/** A case's command needs what was approved to this moment; one without a case was ordered without. */
const coverage = (rows: Rows, atMs: number): Coverage | undefined => {
  const { terminal, binding, unbindCase, held } = rows
  if (isErase(rows)) return undefined
  if (unbindCase === undefined || terminal === undefined || binding === undefined) return undefined
  if (held === undefined) return { ok: false, code: 'APPROVAL_MISSING' }
  const { sn } = terminal
  const { uuid: bindingUuid, epoch } = binding
  const by = uuidToText(unbindCase.uuid)
  return covers(held, { kind: unbindApprovalKind, sn, bindingUuid, epoch, atMs, by })
}

const standsForIt = (rows: Rows): boolean => {
  const { command, unbindCase } = rows
  if (unbindCase === undefined || isErase(rows)) return true
  return (
    unbindCase.state === 'TID_BLOCKING' &&
    unbindCase.approvalHash !== null &&
    sameBytes(unbindCase.approvalHash, command?.approvalHash ?? null)
  )
}

export const commitProceed = operation<CommitProceedInput, Rows, MoveResult>({
  name: 'commit-proceed',
  load,
  decide(rows, input) {
    const { command, terminal, binding } = rows
    if (command === undefined || terminal === undefined) return refusal('NOT_FOUND')
    if (terminal.fence !== input.fence || input.seq > terminal.seqBlockEnd) return refusal('FENCED')
    if (!sameBytes(input.readyNonce, command.readyNonce)) return refusal('BAD_NONCE')
    const epochsHold =
      command.assetEpoch === terminal.assetEpoch &&
      command.bindingEpoch === terminal.bindingEpoch &&
      binding?.epoch === command.bindingEpoch
    if (!epochsHold) return refusal('STALE_EPOCH')
    if (!standsForIt(rows)) return refusal('ILLEGAL_STATE')
    const covered = coverage(rows, input.atMs)
    if (covered?.ok === false) {
      // Given back to the merchant at once: nobody could make it go on without another approval.
      const { writes } = decideMove(rows, { on: 'overdue' }, { atMs: input.atMs, actor: 'gateway' })
      return { writes, result: { ok: false, code: covered.code } }
    }
    const limit = input.brakeLimit ?? defaultBrakePolicy.atLeast
    const mayGo = command.phase === 'tid_blocking' && command.hostAnswer === 'blocked'
    if (mayGo && isBraked(rows.brake?.held ?? 0, limit, covered?.brakeCap ?? null)) {
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
