/**
 * record-status: the terminal's signed answer to a Query: what its journal holds. NOT_SEEN under a
 * higher sequence closes the gap: that attempt will never be carried out.
 * Results: MoveResult. NOT_FOUND, FOREIGN_COMMAND, FENCED, SEQ_REGRESSION (it forgot a prepare).
 * Events: those of the move that it causes.
 */
import type { JournalState } from '../commands/inputs.js'
import { operation } from './operation.js'
import type { CommandRows, MoveResult } from './command-move.js'
import { decideUplink, loadForUplink, type UplinkInput } from './uplink-move.js'

export interface RecordStatusInput extends UplinkInput {
  readonly journal: JournalState
  readonly querySeq: number
  readonly readyNonce: Uint8Array | null
  readonly code: number
  readonly payload: Uint8Array
}

export const recordStatus = operation<RecordStatusInput, CommandRows, MoveResult>({
  name: 'record-status',
  load: loadForUplink,
  decide: (rows, input) =>
    decideUplink(
      rows,
      input,
      (command) => ({
        on: 'status',
        journal: input.journal,
        closesGap: command.seq === null || input.querySeq > command.seq,
        nonce: input.readyNonce ?? undefined,
        code: input.code,
      }),
      {
        data: { journal: input.journal, querySeq: input.querySeq },
        ...(input.payload.length > 0 ? { set: { resultPayload: input.payload } } : {}),
      },
    ),
})
