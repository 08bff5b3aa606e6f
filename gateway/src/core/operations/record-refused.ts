/**
 * record-refused: the terminal will not, and says why. A refusal that a new attempt may overcome
 * (another sequence, a fresh nonce) puts the command back in the queue.
 * Results: MoveResult. NOT_SIGNED, NOT_FOUND, FOREIGN_COMMAND, FENCED, ILLEGAL_STATE.
 * Events: command.refused, command.reissued, command.requeued, command.tid_unblocking, and the ends
 * that a cancel or an expiry had asked for.
 */
import type { RefusedBecause } from '../cases/inputs.js'
import { operation } from './operation.js'
import { refusal, type CommandRows, type MoveResult } from './command-move.js'
import {
  answersCurrentAttempt,
  decideUplink,
  lacksSignature,
  loadForUplink,
  type UplinkInput,
} from './uplink-move.js'

export interface RecordRefusedInput extends UplinkInput {
  readonly code: number
  /** The code's name, for the ledger. */
  readonly codeName: string
  readonly retry: RefusedBecause['retry']
  readonly readyNonce: Uint8Array | null
}

export const recordRefused = operation<RecordRefusedInput, CommandRows, MoveResult>({
  name: 'record-refused',
  load: loadForUplink,
  decide: (rows, input) =>
    lacksSignature(rows, input)
      ? refusal('NOT_SIGNED')
      : decideUplink(
          rows,
          input,
          (command) => ({
            on: 'refused',
            code: input.code,
            reissue: input.retry === 'reissue',
            nonce: input.readyNonce ?? undefined,
            currentAttempt: answersCurrentAttempt(command, input),
          }),
          {
            data: { code: input.codeName },
            refusal: { code: input.codeName, retry: input.retry },
          },
        ),
})
