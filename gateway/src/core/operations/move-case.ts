/**
 * move-case: what a person, the host, the registry or the clock does to a case. What its command does
 * moves it in the command's own operations; its approval, order and cancelling have their own.
 * Results: CaseMoveResult | NOT_FOUND | ILLEGAL_STATE | FORBIDDEN (what is hard is never waived) |
 * QUEUE_FULL (too many waivers).
 * Events: case.blocked, case.precheck, case.waived, case.awaiting_approval, case.approved,
 * case.approved_still, case.rejected, case.waiting_device, case.deregistering, case.registry_silent,
 * case.closed.
 */
import type { CaseInput } from '../cases/inputs.js'
import type { UnbindCaseRow } from '../records/tables.js'
import { decideCaseMove, type CaseMoveResult } from './case-move.js'
import { one, operation } from './operation.js'

/** What comes with more rows than the case's own: other operations say it. */
type Owned =
  | 'command'
  | 'approved'
  | 'approval-lapsed'
  | 'ordered'
  | 'cancel'
  | 'forced'
  | 'force-calling'
  | 'force-waits'
  | 'force-blocked'
  | 'proof-came'

export interface MoveCaseInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly input: Exclude<CaseInput, { on: Owned }>
  readonly actor: string
  readonly atMs: number
}

export interface Rows {
  readonly unbindCase: UnbindCaseRow | undefined
}

export const moveCase = operation<MoveCaseInput, Rows, CaseMoveResult>({
  name: 'move-case',
  *load({ caseId }) {
    return { unbindCase: yield* one('unbindCase', { id: caseId }) }
  },
  decide: ({ unbindCase }, { input, actor, atMs }) =>
    decideCaseMove(unbindCase, input, { atMs, actor }),
})
