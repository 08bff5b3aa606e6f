/**
 * move-case: what a person, the host, the registry or the clock does to a case. What its command does
 * moves it in the command's own operations; its approval, order and cancelling have their own.
 * Results: CaseMoveResult | NOT_FOUND | ILLEGAL_STATE | FORBIDDEN (what is hard is never waived) |
 * QUEUE_FULL (too many waivers).
 * Events: case.blocked, case.precheck, case.waived, case.awaiting_approval, case.approved,
 * case.approved_still, case.rejected, case.waiting_device, case.deregistering, case.registry_silent,
 * case.closed, case.rescheduled; command.superseded (it was parked: the case that is checked again orders
 * another).
 */
import type { CaseInput } from '../cases/inputs.js'
import type { RegistrationRow, UnbindCaseRow } from '../records/tables.js'
import { decideCaseMove, type CaseMoveResult } from './case-move.js'
import { decideMove, loadCommand, type CommandRows } from './command-move.js'
import { nothing, one, operation, update, type Load, type Write } from './operation.js'

/** What comes with more rows than the case's own: other operations say it. */
type Owned =
  | 'command'
  | 'confirmed'
  | 'paper-kept'
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
  /** Read only where the registry has said that it is cancelled. */
  readonly registration: RegistrationRow | undefined
  /** Read only where it may be parked. */
  readonly ordered: CommandRows
}

const noCommand: CommandRows = { command: undefined, terminal: undefined, binding: undefined }

function* load({ caseId, input }: MoveCaseInput): Load<Rows> {
  const unbindCase = yield* one('unbindCase', { id: caseId })
  const commandId = unbindCase?.state === 'BLOCKED' ? unbindCase.commandId : null
  const ordered = yield* commandId === null ? nothing(noCommand) : loadCommand({ commandId })
  const registration =
    unbindCase === undefined || input.on !== 'deregistered'
      ? undefined
      : yield* one('registration', { bindingId: unbindCase.bindingId })
  return { unbindCase, ordered, registration }
}

/** A parked command is open, so nothing could be ordered beside it; the terminal has given every attempt up. */
const endParked = ({ ordered }: Rows, { actor, atMs }: MoveCaseInput): readonly Write[] => {
  if (ordered.command?.state !== 'parked') return []
  // Without its case: it is this operation that moves the case.
  const alone = { ...ordered, unbindCase: undefined }
  return decideMove(alone, { on: 'begun-anew' }, { actor, atMs }).writes
}

/** The registry's own state, as it has said it last; the case and its event say when. */
const deregistered = ({ registration }: Rows, { atMs }: MoveCaseInput): readonly Write[] =>
  registration?.state === 'ENABLED'
    ? [update('registration', registration.id, { state: 'CANCELLED', answeredAtMs: atMs })]
    : []

export const moveCase = operation<MoveCaseInput, Rows, CaseMoveResult>({
  name: 'move-case',
  load,
  decide(rows, input) {
    const { actor, atMs } = input
    const also = deregistered(rows, input)
    const { writes, result } = decideCaseMove(rows.unbindCase, input.input, { atMs, actor, also })
    const isTakenUp = result.ok && result.moved && result.state === 'PRECHECK'
    return { writes: isTakenUp ? [...endParked(rows, input), ...writes] : writes, result }
  },
})
