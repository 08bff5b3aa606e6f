/**
 * A case's move as writes: its row, one ledger line. `followWrites` is the case's part of a transaction
 * that moved its command, or heard news of it.
 */
import type { ErrorCode } from '@tillgate/protocol'

import { caseTransition } from '../cases/case-machine.js'
import type { CaseInput } from '../cases/inputs.js'
import type { CaseMove } from '../cases/move.js'
import { isEnded, type CaseState } from '../cases/states.js'
import type { UnbindCaseRow } from '../records/tables.js'
import { event } from './event.js'
import { update, type Decision, type Write } from './operation.js'

export interface CaseMoveContext {
  readonly atMs: number
  readonly actor: string
  /** More columns to set with the move. */
  readonly set?: Partial<UnbindCaseRow>
  /** More rows to write where the case moved. */
  readonly also?: readonly Write[]
}

export type CaseMoveResult =
  /** `moved` false: heard, and no news. */
  | {
      readonly ok: true
      readonly moved: boolean
      /** Not moved, and looked at again later than it was due: whoever claims a step has it now. */
      readonly isPutOff?: true
      readonly state: CaseState
    }
  | { readonly ok: false; readonly code: ErrorCode }

const moveWrites = (
  row: UnbindCaseRow,
  move: Extract<CaseMove, { move: 'to' }>,
  { atMs, actor, set, also }: CaseMoveContext,
): readonly Write[] => {
  const to = move.set.state ?? row.state
  return [
    update(
      'unbindCase',
      row.id,
      Object.assign({}, move.set, set, isEnded(to) ? { endedAtMs: atMs } : undefined),
    ),
    event({
      atMs,
      actor,
      kind: `case.${move.event}`,
      terminalId: row.terminalId,
      bindingId: row.bindingId,
      commandId: row.commandId,
      caseId: row.id,
      data: { ...move.data, from: row.state, to },
    }),
    ...(also ?? []),
  ]
}

/** Asks the machine and writes its move. A refusal and a `stay` write nothing. */
export const decideCaseMove = (
  row: UnbindCaseRow | undefined,
  input: CaseInput,
  context: CaseMoveContext,
): Decision<CaseMoveResult> => {
  if (row === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
  const move = caseTransition(row, input, context.atMs)
  switch (move.move) {
    case 'refuse':
      return { writes: [], result: { ok: false, code: move.code } }
    case 'stay':
      return { writes: [], result: { ok: true, moved: false, state: row.state } }
    case 'later':
      return {
        writes: [update('unbindCase', row.id, { dueAtMs: move.dueAtMs })],
        result: { ok: true, moved: false, isPutOff: true, state: row.state },
      }
    case 'to':
      return {
        writes: moveWrites(row, move, context),
        result: { ok: true, moved: true, state: move.set.state ?? row.state },
      }
    default:
      return move satisfies never
  }
}

/** What has happened to a case's command, as the case's part of the same transaction. */
export const followWrites = (
  row: UnbindCaseRow,
  news: Extract<CaseInput, { on: 'command' }>,
  context: CaseMoveContext,
): readonly Write[] => decideCaseMove(row, news, context).writes
