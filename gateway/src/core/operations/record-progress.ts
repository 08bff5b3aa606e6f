/**
 * record-progress: the terminal is at it. Only the first of each stage moves the command; a case that
 * ordered it follows every stage; the rest is no news and is not written.
 * Results: MoveResult. NOT_FOUND, FOREIGN_COMMAND, FENCED.
 * Events: command.running, command.preparing, command.erasing.
 */
import { operation } from './operation.js'
import type { CommandRows, MoveResult } from './command-move.js'
import {
  answersCurrentAttempt,
  decideUplink,
  loadForUplink,
  type UplinkInput,
} from './uplink-move.js'

export interface RecordProgressInput extends UplinkInput {
  readonly phase: string
  readonly erasing: boolean
  /** All of this phase is behind it. */
  readonly isDone: boolean
  /** Reboots survived in this phase. */
  readonly resumed: number
}

export const recordProgress = operation<RecordProgressInput, CommandRows, MoveResult>({
  name: 'record-progress',
  load: loadForUplink,
  decide: (rows, input) =>
    decideUplink(
      rows,
      input,
      (command) => ({
        on: 'progress',
        erasing: input.erasing,
        currentAttempt: answersCurrentAttempt(command, input),
      }),
      {
        data: { phase: input.phase, resumed: input.resumed },
        told: { stage: input.phase, isStageDone: input.isDone, reboots: input.resumed },
      },
    ),
})
