/**
 * record-accepted: the terminal has taken the command and answers for it from now on.
 * Results: MoveResult. NOT_FOUND, FOREIGN_COMMAND, FENCED.
 * Events: command.accepted.
 */
import { operation } from './operation.js'
import type { CommandRows, MoveResult } from './command-move.js'
import {
  answersCurrentAttempt,
  decideUplink,
  loadForUplink,
  type UplinkInput,
} from './uplink-move.js'

export const recordAccepted = operation<UplinkInput, CommandRows, MoveResult>({
  name: 'record-accepted',
  load: loadForUplink,
  decide: (rows, input) =>
    decideUplink(
      rows,
      input,
      (command) => ({ on: 'accepted', currentAttempt: answersCurrentAttempt(command, input) }),
      { set: { acceptedAtMs: input.atMs } },
    ),
})
