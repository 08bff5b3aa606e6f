/**
 * cancel-case: a person wants the terminal to stay with its merchant. Where the case has ordered, its
 * command is cancelled in this very transaction and leads on: to CANCELLED at once where it never left,
 * else through ABORTING, and only the terminal's signed word ends that (architecture §5).
 * Results: CaseMoveResult | NOT_FOUND | TOO_LATE (U5) | ALREADY_DONE (it has ended).
 * Events: case.cancelled, case.aborting, and those of the command.
 */
import type { UnbindCaseRow } from '../records/tables.js'
import { isEnded, isPastNoReturn } from '../cases/states.js'
import { decideCaseMove, type CaseMoveResult } from './case-move.js'
import { decideMove, loadCommand, type CommandRows } from './command-move.js'
import { nothing, one, operation, type Decision, type Load } from './operation.js'

export interface CancelCaseInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly actor: string
  readonly atMs: number
}

export interface Rows {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly ordered: CommandRows
}

const noCommand: CommandRows = { command: undefined, terminal: undefined, binding: undefined }

function* load({ caseId }: CancelCaseInput): Load<Rows> {
  const unbindCase = yield* one('unbindCase', { id: caseId })
  const commandId = unbindCase?.commandId ?? null
  const ordered = yield* commandId === null ? nothing(noCommand) : loadCommand({ commandId })
  return { unbindCase, ordered }
}

const withItsCommand = (
  row: UnbindCaseRow,
  ordered: CommandRows,
  context: { readonly atMs: number; readonly actor: string },
): Decision<CaseMoveResult> => {
  const { writes, result } = decideMove(ordered, { on: 'cancel' }, context)
  if (!result.ok) return { writes, result }
  const { moved, standing } = result
  // The case's own write says where that has led; its state is not read twice.
  const state = standing.state === 'cancelled' ? 'CANCELLED' : 'ABORTING'
  return { writes, result: { ok: true, moved, state: moved ? state : row.state } }
}

export const cancelCase = operation<CancelCaseInput, Rows, CaseMoveResult>({
  name: 'cancel-case',
  load,
  decide({ unbindCase, ordered }, { actor, atMs }) {
    const context = { atMs, actor }
    const isUnderWay =
      unbindCase !== undefined &&
      !isEnded(unbindCase.state) &&
      !isPastNoReturn(unbindCase.state) &&
      ordered.command?.open === 1
    return isUnderWay
      ? withItsCommand(unbindCase, ordered, context)
      : decideCaseMove(unbindCase, { on: 'cancel' }, context)
  },
})
