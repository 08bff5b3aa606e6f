/**
 * approve-case: a granted approval whose list names this case's terminal and binding is taken by the case. The
 * list's line covers nobody else from then on; the order, and the Proceed, name its subject's hash.
 * Results: CaseMoveResult | NOT_FOUND | TERMINAL_NOT_BOUND | APPROVAL_MISSING (none, not granted, another
 * binding or epoch, taken by another) | APPROVAL_EXPIRED | APPROVER_AT_COUNTER (somebody has voted who confirmed the
 * case for the merchant at the counter) | ILLEGAL_STATE.
 * Events: case.approved, approval.used.
 */
import { uuidToText } from '@tillgate/protocol'

import { covers, type HeldApproval } from '../approvals/covers.js'
import { loadHeldApproval } from '../approvals/load-held.js'
import { approvalLimits } from '../approvals/policy.js'
import { useApproval } from '../approvals/use-approval.js'
import type { ApprovalVoteRow, BindingRow, TerminalRow, UnbindCaseRow } from '../records/tables.js'
import { decideCaseMove, type CaseMoveResult } from './case-move.js'
import { many, one, operation, together, type Decision } from './operation.js'

/** What an approval must have been asked for. */
export const unbindApprovalKind = 'unbind'

export interface ApproveCaseInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly approvalUuid: Uint8Array
  readonly actor: string
  readonly atMs: number
}

export interface Rows {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly binding: BindingRow | undefined
  readonly held: HeldApproval | undefined
  readonly votes: readonly ApprovalVoteRow[]
}

const refused = (
  code: Extract<CaseMoveResult, { ok: false }>['code'],
): Decision<CaseMoveResult> => ({ writes: [], result: { ok: false, code } })

export const approveCase = operation<ApproveCaseInput, Rows, CaseMoveResult>({
  name: 'approve-case',
  *load({ caseId, terminalId, approvalUuid }) {
    const rows = yield* together({
      unbindCase: one('unbindCase', { id: caseId }),
      terminal: one('terminal', { id: terminalId }),
      binding: one('binding', { terminalId, live: 1 }),
      held: loadHeldApproval({ uuid: approvalUuid }, terminalId),
    })
    const approvalId = rows.held?.approval.id
    const wantsVotes =
      approvalId !== undefined && (rows.unbindCase?.confirmedByUserId ?? null) !== null
    const votes = wantsVotes
      ? yield* many('approvalVote', { approvalId }, approvalLimits.votesMax)
      : []
    return { ...rows, votes }
  },
  decide({ unbindCase, terminal, binding, held, votes }, { actor, atMs }) {
    if (unbindCase === undefined || terminal === undefined) return refused('NOT_FOUND')
    if (binding?.id !== unbindCase.bindingId) return refused('TERMINAL_NOT_BOUND')
    if (held === undefined) return refused('APPROVAL_MISSING')
    const by = uuidToText(unbindCase.uuid)
    const { uuid: bindingUuid, epoch } = binding
    const wanted = { kind: unbindApprovalKind, sn: terminal.sn, bindingUuid, epoch, atMs, by }
    const coverage = covers(held, wanted)
    if (!coverage.ok) return refused(coverage.code)
    if (votes.some(({ userId }) => userId === unbindCase.confirmedByUserId))
      return refused('APPROVER_AT_COUNTER')
    return decideCaseMove(
      unbindCase,
      { on: 'approved', approvalHash: held.approval.subjectHash },
      { atMs, actor, also: useApproval(held, { by, actor, atMs }) },
    )
  },
})
