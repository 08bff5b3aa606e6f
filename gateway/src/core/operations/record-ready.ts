/**
 * record-ready: the terminal is prepared: settled, uploaded, quiet; its lease runs. The host can be
 * called now. Of the erase after a forced close it is not: the TID was blocked for good.
 * Results: MoveResult. NOT_FOUND, FOREIGN_COMMAND, FENCED.
 * Events: command.ready, command.ready_to_erase, command.ready_while_aborting.
 */
import { operation } from './operation.js'
import { loadCommandWith, type MoveResult } from './command-move.js'
import { isEraseOf, loadForcedClose, type WithForcedClose } from './forced-erase.js'
import { answersCurrentAttempt, decideUplink, type UplinkInput } from './uplink-move.js'

export interface RecordReadyInput extends UplinkInput {
  readonly readyNonce: Uint8Array
  readonly leaseMs: number
  /** What the prepare settled and sent: counts and totals, JSON by the caller. */
  readonly summary: string
}

export const recordReady = operation<RecordReadyInput, WithForcedClose, MoveResult>({
  name: 'record-ready',
  *load({ commandUuid }) {
    const { rows, more } = yield* loadCommandWith({ commandUuid }, loadForcedClose, undefined)
    return { ...rows, forced: more }
  },
  decide: (rows, input) =>
    decideUplink(
      rows,
      input,
      (command) => ({
        on: 'ready',
        nonce: input.readyNonce,
        leaseMs: input.leaseMs,
        currentAttempt: answersCurrentAttempt(command, input),
        ...(isEraseOf(rows.forced, command) ? { isErase: true } : undefined),
      }),
      { set: { readyAtMs: input.atMs }, data: { settled: input.summary } },
    ),
})
