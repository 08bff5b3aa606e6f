/**
 * force-case: two persons have granted that a case is closed without its terminal. In one transaction the
 * case is FORCED, its open command ends as what it is (never left: superseded; else of unknown outcome, and
 * a late proof still counts), and the approval is taken. It claims no erase. The host is called after it.
 * Results: CaseMoveResult | NOT_FOUND | TERMINAL_NOT_BOUND | APPROVAL_MISSING (none, not granted, another
 * case's or binding's) | APPROVAL_EXPIRED | ILLEGAL_STATE (not in this state, or not any more) |
 * CONFLICT (the paper that was shown is not with the case any more).
 * Events: case.forced, approval.used, command.superseded, command.superseded_outcome_unknown,
 * binding.releasing, terminal.state.
 */
import { uuidFromText, uuidToText } from '@tillgate/protocol'

import { covers, type HeldApproval } from '../approvals/covers.js'
import { loadHeldApproval } from '../approvals/load-held.js'
import { subjectParameters } from '../approvals/subject.js'
import { useApproval } from '../approvals/use-approval.js'
import {
  forceObstacle,
  forceParametersOf,
  silentSince,
  type ForceParameters,
} from '../cases/forced.js'
import type {
  BindingRow,
  DocumentRow,
  ForcedCloseRow,
  TerminalRow,
  UnbindCaseRow,
} from '../records/tables.js'
import { scopeText } from '../sealing/scopes.js'
import { decideCaseMove, type CaseMoveResult } from './case-move.js'
import { decideMove, loadCommand, type CommandRows } from './command-move.js'
import {
  freshId,
  insert,
  nothing,
  one,
  operation,
  together,
  type Decision,
  type Load,
  type Write,
} from './operation.js'
import { reserveForUnbind } from './reserve-for-unbind.js'

/** What an approval must have been asked for. */
export const forceApprovalKind = 'force-close'

export interface ForceCaseInput {
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
  readonly asked: ForceParameters | undefined
  readonly document: DocumentRow | undefined
  readonly ordered: CommandRows
  readonly forcedId: number
}

const noCommand: CommandRows = { command: undefined, terminal: undefined, binding: undefined }

const documentOf = (asked: ForceParameters | undefined): Load<DocumentRow | undefined> => {
  const uuid = uuidFromText(asked?.document ?? '')
  return uuid === undefined ? nothing(undefined) : one('document', { uuid })
}

const commandOf = (unbindCase: UnbindCaseRow | undefined): Load<CommandRows> => {
  const commandId = unbindCase?.commandId ?? null
  return commandId === null ? nothing(noCommand) : loadCommand({ commandId })
}

function* load({ caseId, terminalId, approvalUuid }: ForceCaseInput): Load<Rows> {
  const first = yield* together({
    unbindCase: one('unbindCase', { id: caseId }),
    terminal: one('terminal', { id: terminalId }),
    binding: one('binding', { terminalId, live: 1 }),
    held: loadHeldApproval({ uuid: approvalUuid }, terminalId),
    forcedId: freshId('forcedClose'),
  })
  const { held, unbindCase } = first
  const asked = held && forceParametersOf(subjectParameters(held.approval.subject))
  const then = yield* together({ document: documentOf(asked), ordered: commandOf(unbindCase) })
  return { ...first, ...then, asked }
}

const refused = (
  code: Extract<CaseMoveResult, { ok: false }>['code'],
): Decision<CaseMoveResult> => ({ writes: [], result: { ok: false, code } })

/** Of the document that was named, where it is kept with this very case. */
const kindOf = (document: DocumentRow | undefined, caseUuid: Uint8Array): string | undefined => {
  const scope = scopeText({ noun: 'case', uuid: uuidToText(caseUuid) })
  return document?.state === 'KEPT' && document.scope === scope ? document.kind : undefined
}

interface Present {
  readonly unbindCase: UnbindCaseRow
  readonly terminal: TerminalRow
  readonly binding: BindingRow
  readonly held: HeldApproval
  readonly asked: ForceParameters
}

const reserved = (
  { terminal, binding }: Present,
  { actor, atMs }: ForceCaseInput,
): readonly Write[] =>
  binding.state === 'ACTIVE'
    ? reserveForUnbind({ terminal, binding, commandId: null, atMs, actor })
    : []

const forcedClose = (
  { unbindCase, binding, held, asked }: Present,
  input: ForceCaseInput,
): Omit<ForcedCloseRow, 'id'> => ({
  caseId: unbindCase.id,
  terminalId: input.terminalId,
  bindingId: binding.id,
  reason: asked.reason,
  documentUuid: uuidFromText(asked.document ?? '') ?? null,
  approvalHash: held.approval.subjectHash,
  forcedAtMs: input.atMs,
  callNumber: null,
  hostAnswer: null,
  blockedAtMs: null,
  pending: 1,
  eraseCommandId: null,
  eraseOrders: 0,
  erasedBy: null,
  erasedAtMs: null,
})

const closeByForce = (
  present: Present,
  { ordered, forcedId }: Rows,
  input: ForceCaseInput,
): Decision<CaseMoveResult> => {
  const { unbindCase, held, asked } = present
  const { actor, atMs } = input
  // Without its case: it is this operation that moves the case.
  const alone = { ...ordered, unbindCase: undefined }
  const ending =
    ordered.command?.open === 1 ? decideMove(alone, { on: 'forced' }, { actor, atMs }) : undefined
  if (ending?.result.ok === false) return refused(ending.result.code)
  return decideCaseMove(
    unbindCase,
    { on: 'forced', reason: asked.reason },
    {
      actor,
      atMs,
      also: [
        insert('forcedClose', { id: forcedId, ...forcedClose(present, input) }),
        ...(ending?.writes ?? []),
        ...reserved(present, input),
        ...useApproval(held, { by: asked.case, actor, atMs }),
      ],
    },
  )
}

export const forceCase = operation<ForceCaseInput, Rows, CaseMoveResult>({
  name: 'force-case',
  load,
  decide(rows, input) {
    const { unbindCase, terminal, binding, held, asked, document } = rows
    const { atMs } = input
    if (unbindCase === undefined || terminal === undefined) return refused('NOT_FOUND')
    if (unbindCase.open === 0) return refused('ILLEGAL_STATE')
    if (binding?.id !== unbindCase.bindingId) return refused('TERMINAL_NOT_BOUND')
    const by = uuidToText(unbindCase.uuid)
    if (held === undefined || asked?.case !== by) return refused('APPROVAL_MISSING')
    const { sn } = terminal
    const { uuid: bindingUuid, epoch } = binding
    const coverage = covers(held, { kind: forceApprovalKind, sn, bindingUuid, epoch, atMs, by })
    if (!coverage.ok) return refused(coverage.code)
    const obstacle = forceObstacle(asked.reason, {
      state: unbindCase.state,
      waitsFor: unbindCase.waitsFor,
      silentSinceMs: silentSince(terminal, unbindCase.createdAtMs),
      documentKind: kindOf(document, unbindCase.uuid),
      atMs,
    })
    if (obstacle !== undefined) {
      return refused(obstacle.code === 'DOCUMENT_MISSING' ? 'CONFLICT' : 'ILLEGAL_STATE')
    }
    return closeByForce({ unbindCase, terminal, binding, held, asked }, rows, input)
  },
})
