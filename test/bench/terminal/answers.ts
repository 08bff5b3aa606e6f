/** What a terminal of the benchmark says to what: pure, the shortest true answer to each downlink. */
import {
  commandTypeNumbers,
  encodeResult,
  type Command,
  type KeySlot,
  type Proof,
  type Ready,
  type UplinkMessage,
} from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'

export const firmware = 'bench-1'

export const masterKey: KeySlot = {
  purpose: 'TMK',
  version: 1,
  state: 'ACTIVE',
  kcv: Uint8Array.of(1, 2, 3),
  algorithm: 'TDES',
}

export const selfTestPayload = encodeResult({
  type: 'SelfTest',
  keysOk: true,
  flashOk: true,
  clockOk: true,
  firmware,
})

const done = (payload: Uint8Array): UplinkMessage => ({
  kind: 'result',
  code: 0,
  payload,
  unknown: false,
})

const selfTestDone = done(selfTestPayload)

/** Settled before it was asked: nothing is left in any area. */
const readyAgain = (readyNonce: Uint8Array): Ready => ({
  kind: 'ready',
  readyNonce,
  leaseS: 600,
  areas: ['batch', 'offline', 'reversal'].map((name) => ({
    name,
    records: 0,
    amountMinor: 0,
    hash: undefined,
  })),
  settled: [],
  batchNumber: 1,
})

/** Signed by the identity key, where true: evidence. */
export interface Answer {
  readonly message: UplinkMessage
  readonly isEvidence: boolean
}

export const answerTo = (command: Command, nonce: Uint8Array): Answer => {
  switch (command.type) {
    case commandTypeNumbers.SelfTest:
      return { message: selfTestDone, isEvidence: false }
    case commandTypeNumbers.Bind: {
      const { bindingEpoch, payload } = command
      const paramsHash = nodePrimitives.sha256(payload)
      const result = { type: 'Bind', bindingEpoch, paramsHash, keySlots: [masterKey] } as const
      return { message: done(encodeResult(result)), isEvidence: false }
    }
    case commandTypeNumbers.Unbind:
      return { message: readyAgain(nonce), isEvidence: true }
    default:
      throw new Error(`a command of type ${String(command.type)}`)
  }
}

export interface Erased {
  readonly readyNonce: Uint8Array
  readonly proceedHash: Uint8Array
  readonly bindingEpoch: number
  readonly counter: number
}

export const proofOf = (erased: Erased): Proof => ({
  kind: 'proof',
  ...erased,
  assetEpoch: 1,
  firmware,
  slots: [
    {
      before: masterKey,
      after: { ...masterKey, state: 'ERASED', kcv: undefined },
    },
  ],
  areas: ['batch', 'offline', 'reversal'].map((name) => ({
    name,
    recordsBefore: 0,
    recordsAfter: 0,
    method: 'crypto-erase',
  })),
  erasedAtMs: 0,
  resumed: 0,
  partial: false,
})
