/**
 * record-released: the terminal has given the prepare up, its nonce is dead in its journal, it sells
 * again. The only way, with Refused for the nonce, out of a phase that waits on the nonce.
 * Results: MoveResult. NOT_FOUND, FOREIGN_COMMAND, FENCED, ILLEGAL_STATE.
 * Events: command.requeued, command.tid_unblocking, command.cancelled, command.expired, command.refused.
 */
import { operation } from './operation.js'
import type { CommandRows, MoveResult } from './command-move.js'
import {
  answersCurrentAttempt,
  decideUplink,
  loadForUplink,
  type UplinkInput,
} from './uplink-move.js'

export interface RecordReleasedInput extends UplinkInput {
  readonly readyNonce: Uint8Array | null
  readonly cause: string
  readonly abortSeq: number
}

export const recordReleased = operation<RecordReleasedInput, CommandRows, MoveResult>({
  name: 'record-released',
  load: loadForUplink,
  decide: (rows, input) =>
    decideUplink(
      rows,
      input,
      (command) => ({
        on: 'released',
        nonce: input.readyNonce ?? undefined,
        currentAttempt: answersCurrentAttempt(command, input),
        abortSeq: input.abortSeq,
      }),
      { data: { cause: input.cause } },
    ),
})
