/**
 * commit-proceed: the point of no return. In one transaction it re-reads that the command waits in
 * tid_blocking for this very ready nonce, that the host answered the block call made for it, that
 * nobody has cancelled (that would be another phase), and that epochs and lane have not moved; then
 * the Proceed, already encoded, is durable and may be signed.
 * Results: MoveResult; moved | NOT_FOUND | FENCED | BAD_NONCE | STALE_EPOCH | ILLEGAL_STATE.
 * Events: command.proceed_sent.
 */
import {
  decideMove,
  loadCommand,
  refusal,
  type CommandRows,
  type MoveResult,
} from './command-move.js'
import { operation } from './operation.js'
import { sameBytes } from '../records/same-bytes.js'

export interface CommitProceedInput {
  readonly commandId: number
  readonly fence: number
  readonly readyNonce: Uint8Array
  readonly body: Uint8Array
  readonly bodyHash: Uint8Array
  readonly seq: number
  readonly atMs: number
}

export const commitProceed = operation<CommitProceedInput, CommandRows, MoveResult>({
  name: 'commit-proceed',
  load: (input) => loadCommand({ commandId: input.commandId }),
  decide(rows, input) {
    const { command, terminal, binding, unbindCase } = rows
    if (command === undefined || terminal === undefined) return refusal('NOT_FOUND')
    if (terminal.fence !== input.fence || input.seq > terminal.seqBlockEnd) return refusal('FENCED')
    if (!sameBytes(input.readyNonce, command.readyNonce)) return refusal('BAD_NONCE')
    const epochsHold =
      command.assetEpoch === terminal.assetEpoch &&
      command.bindingEpoch === terminal.bindingEpoch &&
      binding?.epoch === command.bindingEpoch
    if (!epochsHold) return refusal('STALE_EPOCH')
    const approves =
      unbindCase === undefined ||
      (unbindCase.state === 'TID_BLOCKING' &&
        unbindCase.approvalHash !== null &&
        sameBytes(unbindCase.approvalHash, command.approvalHash))
    if (!approves) return refusal('ILLEGAL_STATE')
    return decideMove(
      rows,
      { on: 'proceed' },
      {
        atMs: input.atMs,
        actor: 'gateway',
        set: {
          proceedBody: input.body,
          proceedHash: input.bodyHash,
          proceedSeq: input.seq,
          proceedAtMs: input.atMs,
        },
        data: { seq: input.seq },
      },
    )
  },
})
