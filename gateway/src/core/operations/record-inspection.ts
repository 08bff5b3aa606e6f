/**
 * record-inspection: a person has had the terminal of a forced close in his hands. Erased by hand, it owes nothing
 * any more and may be bound again (B3); tampered with, it is out of use. The paper that shows it lies with the
 * case, and was uploaded by somebody else: what frees a terminal without its own proof wants two persons.
 * Results: ok with the terminal's state | NOT_FOUND (no such case, field `documentId`: no such paper with it) |
 * ILLEGAL_STATE (nothing is owed, or the terminal is erasing just now) | OWN_REQUEST (the own upload).
 * Events: case.inspected, terminal.state; command.superseded or command.superseded_outcome_unknown.
 */
import { toHex, uuidToText } from '@tillgate/protocol'

import { afterFinding, findingPapers, type Finding } from '../cases/inspection.js'
import type { DocumentRow, ForcedCloseRow, TerminalRow, UnbindCaseRow } from '../records/tables.js'
import { scopeText } from '../sealing/scopes.js'
import type { TerminalState } from '../terminals/states.js'
import { decideMove, loadCommand, type CommandRows, type MoveResult } from './command-move.js'
import { event } from './event.js'
import { nothing, one, operation, together, update, type Decision, type Load } from './operation.js'

export interface RecordInspectionInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly finding: Finding
  readonly documentUuid: Uint8Array
  readonly actor: string
  readonly atMs: number
}

export interface RecordInspectionRows {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly forced: ForcedCloseRow | undefined
  readonly document: DocumentRow | undefined
  /** The erase that was ordered last. */
  readonly erase: CommandRows
}

export type RecordInspectionResult =
  | { readonly ok: true; readonly state: TerminalState }
  | {
      readonly ok: false
      readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' | 'OWN_REQUEST'
      readonly field?: 'documentId'
    }

type Refused = Extract<RecordInspectionResult, { ok: false }>

const noCommand: CommandRows = { command: undefined, terminal: undefined, binding: undefined }

const refused = (
  code: Refused['code'],
  field?: Refused['field'],
): Decision<RecordInspectionResult> => ({
  writes: [],
  result: { ok: false, code, ...(field === undefined ? {} : { field }) },
})

function* load(input: RecordInspectionInput): Load<RecordInspectionRows> {
  const { caseId, terminalId, documentUuid } = input
  const first = yield* together({
    unbindCase: one('unbindCase', { id: caseId }),
    terminal: one('terminal', { id: terminalId }),
    forced: one('forcedClose', { caseId }),
    document: one('document', { uuid: documentUuid }),
  })
  const commandId = first.forced?.eraseCommandId ?? null
  const erase = yield* commandId === null ? nothing(noCommand) : loadCommand({ commandId })
  return { ...first, erase }
}

/** The paper of this finding, kept with this very case. */
const isItsPaper = (
  document: DocumentRow | undefined,
  { uuid }: UnbindCaseRow,
  finding: Finding,
): document is DocumentRow =>
  document?.state === 'KEPT' &&
  document.kind === findingPapers[finding] &&
  document.scope === scopeText({ noun: 'case', uuid: uuidToText(uuid) })

/** What is under way for a terminal that is erased already. */
const endErase = (
  { command, ...rows }: CommandRows,
  { actor, atMs }: RecordInspectionInput,
): Decision<MoveResult> | undefined =>
  command?.open === 1
    ? decideMove(
        // Without its case: it has ended, and stays what it is.
        { ...rows, command, unbindCase: undefined },
        { on: 'forced' },
        { actor, atMs },
      )
    : undefined

export const recordInspection = operation<
  RecordInspectionInput,
  RecordInspectionRows,
  RecordInspectionResult
>({
  name: 'record-inspection',
  load,
  decide({ unbindCase, terminal, forced, document, erase }, input) {
    const { finding, actor, atMs, terminalId } = input
    if (unbindCase?.terminalId !== terminalId || terminal === undefined) return refused('NOT_FOUND')
    const to = afterFinding(terminal.state, finding)
    const isOwed = unbindCase.state === 'CLOSED_UNPROVEN' && forced?.pending === 1
    if (!isOwed || to === undefined) return refused('ILLEGAL_STATE')
    if (!isItsPaper(document, unbindCase, finding)) return refused('NOT_FOUND', 'documentId')
    if (document.uploadedBy === actor) return refused('OWN_REQUEST', 'documentId')
    const ending = finding === 'erased' ? endErase(erase, input) : undefined
    if (ending?.result.ok === false) return refused('ILLEGAL_STATE')
    const about = {
      atMs,
      actor,
      terminalId,
      caseId: unbindCase.id,
      bindingId: unbindCase.bindingId,
    }
    const paper = { document: uuidToText(document.uuid), saltedHash: toHex(document.contentHash) }
    const isErased = { pending: 0, erasedBy: 'depot', erasedAtMs: atMs } as const
    return {
      writes: [
        ...(finding === 'erased' ? [update('forcedClose', forced.id, isErased)] : []),
        ...(ending?.writes ?? []),
        ...(to === terminal.state ? [] : [update('terminal', terminal.id, { state: to })]),
        event({ ...about, kind: 'case.inspected', data: { finding, ...paper } }),
        ...(to === terminal.state
          ? []
          : [event({ ...about, kind: 'terminal.state', data: { from: terminal.state, to } })]),
      ],
      result: { ok: true, state: to },
    }
  },
})
