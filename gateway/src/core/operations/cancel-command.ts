/**
 * cancel-command: a person wants it not to happen. Before the point of no return a destructive command
 * goes to `aborting` in this very transaction; after it the answer is TOO_LATE.
 * Results: MoveResult | NOT_FOUND | TOO_LATE | ALREADY_DONE (it has ended).
 * Events: command.cancelled, command.cancelled_outcome_unknown, command.aborting.
 */
import { decideMove, loadCommand, type CommandRows, type MoveResult } from './command-move.js'
import { operation } from './operation.js'

export interface CancelCommandInput {
  readonly commandUuid: Uint8Array
  readonly actor: string
  readonly atMs: number
}

export const cancelCommand = operation<CancelCommandInput, CommandRows, MoveResult>({
  name: 'cancel-command',
  load: (input) => loadCommand({ commandUuid: input.commandUuid }),
  decide: (rows, input) =>
    decideMove(rows, { on: 'cancel' }, { atMs: input.atMs, actor: input.actor }),
})
