/**
 * note-time: a span that the loops watch is over: a command's lifetime, a lease as our clock sees it, the
 * patience with an unanswered Proceed. Never unblocks and never ends anything by itself: see the machines.
 * Results: MoveResult | NOT_FOUND.
 * Events: command.expired, command.expired_outcome_unknown, command.overdue_aborting,
 * command.lease_over, command.proceed_unknown.
 */
import { decideMove, loadCommand, type CommandRows, type MoveResult } from './command-move.js'
import { operation } from './operation.js'

export interface NoteTimeInput {
  readonly commandId: number
  readonly over: 'overdue' | 'lease-over' | 'proceed-silent'
  readonly atMs: number
}

export const noteTime = operation<NoteTimeInput, CommandRows, MoveResult>({
  name: 'note-time',
  load: (input) => loadCommand({ commandId: input.commandId }),
  decide(rows, input) {
    const early =
      input.over === 'overdue' &&
      rows.command !== undefined &&
      input.atMs <= rows.command.notAfterMs
    return early
      ? { writes: [], result: { ok: false, code: 'CONFLICT' } }
      : decideMove(rows, { on: input.over }, { atMs: input.atMs, actor: 'gateway' })
  },
})
