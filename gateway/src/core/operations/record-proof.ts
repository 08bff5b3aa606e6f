/**
 * record-proof: a proof whose signature is valid under the terminal's identity key. It counts where it
 * names the ready nonce, the Proceed and the epochs of this command; then the command is attested. A
 * proof is kept for ever with the certificate that verified it.
 * A partial one leaves the command open: the terminal goes on, and a full proof may follow.
 * Results: MoveResult; not moved where this very proof is known. NOT_FOUND, FOREIGN_COMMAND, FENCED,
 * PROOF_INVALID, ILLEGAL_STATE, CONFLICTING_ANSWER (another proof after the command has ended).
 * Events: command.attested, command.erased_partially; binding.released, terminal.state.
 */
import type { CommandRow, ForcedCloseRow, ProofRow } from '../records/tables.js'
import type { CommandRows, MoveResult } from './command-move.js'
import { loadCommandWith, refusal, standingOf } from './command-move.js'
import {
  insert,
  many,
  nothing,
  one,
  operation,
  together,
  update,
  type Load,
  type Write,
} from './operation.js'
import { decideUplink, type UplinkInput } from './uplink-move.js'
import { sameBytes } from '../records/same-bytes.js'

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

const matches = (command: CommandRow, input: RecordProofInput): boolean =>
  sameBytes(input.readyNonce, command.readyNonce) &&
  sameBytes(input.proceedHash, command.proceedHash) &&
  input.assetEpoch === command.assetEpoch &&
  input.bindingEpoch === command.bindingEpoch

interface Known {
  readonly proofs: readonly ProofRow[]
  /** Where its case was closed without it. */
  readonly forced: ForcedCloseRow | undefined
}

export type Rows = CommandRows & Known

/** More proofs than a terminal can have reason to send. */
const proofsPerCommandMax = 16

const loadKnown = ({ id, caseId }: CommandRow): Load<Known> =>
  together({
    proofs: many('proof', { commandId: id }, proofsPerCommandMax),
    forced: caseId === null ? nothing(undefined) : one('forcedClose', { caseId }),
  })

/** What the case waited for since it was closed by force: at last the keys are known to be gone. */
const erasedLate = (
  forced: ForcedCloseRow | undefined,
  { partial, atMs }: RecordProofInput,
): readonly Write[] =>
  forced === undefined || forced.pending === 0 || partial
    ? []
    : [update('forcedClose', forced.id, { pending: 0, erasedBy: 'proof', erasedAtMs: atMs })]

function* load({ commandUuid }: RecordProofInput): Load<Rows> {
  const { rows, more } = yield* loadCommandWith({ commandUuid }, loadKnown, {
    proofs: [],
    forced: undefined,
  })
  return { ...rows, ...more }
}

export const recordProof = operation<RecordProofInput, Rows, MoveResult>({
  name: 'record-proof',
  load,
  decide(rows, input) {
    const { command, proofs, forced } = rows
    const known = proofs.some(({ bodyHash }) => sameBytes(input.bodyHash, bodyHash))
    if (known && command?.terminalId === input.terminalId) {
      return { writes: [], result: { ok: true, moved: false, standing: standingOf(command) } }
    }
    if (proofs.length >= proofsPerCommandMax) return refusal('CONFLICTING_ANSWER')
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
          ...erasedLate(forced, input),
        ],
      },
    )
  },
})
