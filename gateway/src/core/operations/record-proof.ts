/**
 * record-proof: a proof whose signature is valid under the terminal's identity key. It counts where it
 * names the ready nonce, the Proceed and the epochs of this command; then the command is attested. A
 * proof is kept for ever with the certificate that verified it.
 * Results: MoveResult. NOT_FOUND, FOREIGN_COMMAND, FENCED, PROOF_INVALID, ILLEGAL_STATE.
 * Events: command.attested, command.erased_partially; binding.released, terminal.state.
 */
import type { CommandRow } from '../records/tables.js'
import type { CommandRows, MoveResult } from './command-move.js'
import { refusal } from './command-move.js'
import { insert, operation } from './operation.js'
import { decideUplink, loadForUplink, type UplinkInput } from './uplink-move.js'

export interface RecordProofInput extends UplinkInput {
  readonly readyNonce: Uint8Array
  readonly proceedHash: Uint8Array
  readonly assetEpoch: number
  readonly bindingEpoch: number
  readonly partial: boolean
  readonly certificateId: number
  readonly envelope: Uint8Array
  readonly bodyHash: Uint8Array
}

const sameBytes = (a: Uint8Array, b: Uint8Array | null): boolean =>
  b !== null && a.length === b.length && a.every((byte, i) => byte === b[i])

const matches = (command: CommandRow, input: RecordProofInput): boolean =>
  sameBytes(input.readyNonce, command.readyNonce) &&
  sameBytes(input.proceedHash, command.proceedHash) &&
  input.assetEpoch === command.assetEpoch &&
  input.bindingEpoch === command.bindingEpoch

export const recordProof = operation<RecordProofInput, CommandRows, MoveResult>({
  name: 'record-proof',
  load: loadForUplink,
  decide(rows, input) {
    const { command } = rows
    if (
      command !== undefined &&
      command.terminalId === input.terminalId &&
      !matches(command, input)
    ) {
      return refusal('PROOF_INVALID')
    }
    return decideUplink(
      rows,
      input,
      () => ({ on: 'proof', matches: true, partial: input.partial }),
      {
        data: { partial: input.partial },
        also: [
          insert('proof', {
            commandId: command?.id ?? 0,
            terminalId: input.terminalId,
            bindingId: command?.bindingId ?? null,
            bindingEpoch: input.bindingEpoch,
            certificateId: input.certificateId,
            envelope: input.envelope,
            bodyHash: input.bodyHash,
            partial: input.partial ? 1 : 0,
            receivedAtMs: input.atMs,
          }),
        ],
      },
    )
  },
})
