/**
 * record-result: how a command that destroys nothing ended. The first result counts, whenever it comes.
 * Results: MoveResult. NOT_SIGNED, NOT_FOUND, FOREIGN_COMMAND, FENCED, ILLEGAL_STATE.
 * Events: command.done, command.failed, command.interrupted; binding.*, terminal.state where it applies.
 */
import { operation } from './operation.js'
import { refusal, type CommandRows, type MoveResult } from './command-move.js'
import { decideUplink, lacksSignature, loadForUplink, type UplinkInput } from './uplink-move.js'

export interface RecordResultInput extends UplinkInput {
  /** 0: done. */
  readonly code: number
  readonly payload: Uint8Array
  readonly interrupted: boolean
}

export const recordResult = operation<RecordResultInput, CommandRows, MoveResult>({
  name: 'record-result',
  load: loadForUplink,
  decide: (rows, input) =>
    lacksSignature(rows, input)
      ? refusal('NOT_SIGNED')
      : decideUplink(
          rows,
          input,
          () => ({ on: 'result', code: input.code, interrupted: input.interrupted }),
          { set: { resultPayload: input.payload }, data: { code: input.code } },
        ),
})
