/**
 * record-ready: the terminal is prepared: settled, uploaded, quiet; its lease runs. The host can be
 * called now.
 * Results: MoveResult. NOT_FOUND, FOREIGN_COMMAND, FENCED.
 * Events: command.ready, command.ready_while_aborting.
 */
import { operation } from './operation.js'
import type { CommandRows, MoveResult } from './command-move.js'
import {
  answersCurrentAttempt,
  decideUplink,
  loadForUplink,
  type UplinkInput,
} from './uplink-move.js'

export interface RecordReadyInput extends UplinkInput {
  readonly readyNonce: Uint8Array
  readonly leaseMs: number
  /** What the prepare settled and sent: counts and totals, JSON by the caller. */
  readonly summary: string
}

export const recordReady = operation<RecordReadyInput, CommandRows, MoveResult>({
  name: 'record-ready',
  load: loadForUplink,
  decide: (rows, input) =>
    decideUplink(
      rows,
      input,
      (command) => ({
        on: 'ready',
        nonce: input.readyNonce,
        leaseMs: input.leaseMs,
        currentAttempt: answersCurrentAttempt(command, input),
      }),
      { set: { readyAtMs: input.atMs }, data: { settled: input.summary } },
    ),
})
