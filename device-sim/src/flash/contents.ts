/**
 * What a terminal keeps: cells (one value each) and areas (records by id). The areas from `batch` on
 * are the data areas that a proof counts; their names are the wire's (schema, message Area).
 * Key values lie here only sealed, as a terminal has them in its secure processor.
 */
import type { AlgorithmName, KeyState, ReleaseCause } from '@tillgate/protocol'

export interface Identity {
  readonly sn: string
  readonly alg: AlgorithmName
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** PKCS #8, sealed. */
  readonly sealedKey: Uint8Array
}

/** PEM, as the TLS client needs them. */
export interface Certificate {
  readonly certificate: string
  readonly chain: string
}

export interface Enrolment {
  readonly clientId: string
  /** SubjectPublicKeyInfo, DER: pinned, never changed by what comes over the wire. */
  readonly offlineRoot: Uint8Array
  /** PEM: the CAs to check servers against; those of the chain where left out. */
  readonly serverCa?: string
  readonly mqtts: string
  readonly wss: string
}

export interface Epochs {
  readonly asset: number
  readonly binding: number
}

export interface BoundAs {
  readonly epoch: number
  readonly paramsHash: Uint8Array
}

export interface BatchHead {
  readonly number: number
  /** The host holds these working keys: from a sign-on to the sign-off. */
  readonly signedOn: boolean
  /** The host holds this batch open: from a sign-on to its settlement. */
  readonly open: boolean
}

export interface SlotBefore {
  readonly purpose: string
  readonly version: number
  readonly state: KeyState
  readonly kcv: Uint8Array | undefined
  readonly algorithm: string
}

/** Journalled before the first erasure; what it says is resumed after a power loss, never restarted. */
export interface OpenErasure {
  readonly commandId: Uint8Array
  /** Hash of the Command body that the Proceed named. */
  readonly commandHash: Uint8Array
  readonly readyNonce: Uint8Array
  readonly proceedHash: Uint8Array
  readonly counter: number
  readonly bindingEpoch: number
  readonly slots: readonly SlotBefore[]
  readonly areas: readonly { readonly name: DataArea; readonly records: number }[]
  readonly resumed: number
  /** By an answer that a person carried: its proof is shown as frames. */
  readonly isOffline?: boolean
}

export interface FlashCells {
  /** Stands for the key of the secure processor, which no firmware can read. */
  readonly sealKey: Uint8Array
  readonly model: string
  readonly identity: Identity
  /** In force until the first Welcome under the renewed one. */
  readonly formerIdentity: { readonly identity: Identity; readonly certificate: Certificate }
  readonly nextIdentity: Identity & { readonly csr: Uint8Array }
  readonly certificate: Certificate
  readonly enrolment: Enrolment
  readonly signerList: { readonly version: number; readonly envelope: Uint8Array }
  readonly epochs: Epochs
  /** Highest downlink sequence stored. */
  readonly sequence: number
  /** Uplink sequences up to here may have been used. */
  readonly uplinkReserved: number
  readonly nonceCounter: number
  readonly erasureCounter: number
  readonly bootCounter: number
  /** Orders journal entries and kept uplinks. */
  readonly orderCounter: number
  /** Field 11 of the last request to the host. */
  readonly trace: number
  readonly batchHead: BatchHead
  readonly binding: BoundAs
  readonly lock: { readonly reason: string }
  readonly erasure: OpenErasure
  /** The live nonce of an OfflineReady that no Command has answered yet. */
  readonly offlineNonce: Uint8Array
}

export interface KeySlotRecord extends SlotBefore {
  readonly sealed: Uint8Array | undefined
}

/** `refused` and `released` are not final for the id: a higher sequence runs it again. */
export type JournalledState =
  | 'running'
  | 'preparing'
  | 'prepared'
  | 'erasing'
  | 'done'
  | 'failed'
  | 'refused'
  | 'released'
  | 'interrupted'

export interface JournalEntry {
  readonly commandId: Uint8Array
  readonly order: number
  readonly state: JournalledState
  /** Undefined where the command itself was never seen (an Abort came first). */
  readonly type: number | undefined
  readonly payloadHash: Uint8Array | undefined
  /** Sequence and body hash of the attempt that the terminal answers for. */
  readonly seq: number
  readonly hash: Uint8Array | undefined
  /** Of a refusal or a result. */
  readonly code: number
  readonly result: Uint8Array
  /** Live in `prepared` alone; in every other state it is dead. */
  readonly readyNonce: Uint8Array | undefined
  /** Body hashes that a Ready with this nonce has named. */
  readonly namedHashes: readonly Uint8Array[]
  readonly cause: ReleaseCause | undefined
  /** Of the evidence that answers for good: the Proof. */
  readonly proofId: string | undefined
}

/** An uplink that is kept until its Receipt; a Proof beyond it. */
export interface KeptUplink {
  readonly order: number
  readonly messageId: Uint8Array
  readonly kind: 'ready' | 'released' | 'refused' | 'result' | 'proof' | 'alarm'
  readonly commandId: Uint8Array | undefined
  readonly downlinkHash: Uint8Array | undefined
  readonly readyNonce: Uint8Array | undefined
  /** Of an alarm or refusal. */
  readonly code: number
  /** Of the Abort that a Released answers. */
  readonly abortSeq: number
  /** Signed, sent verbatim each time. */
  readonly envelope: Uint8Array
  readonly bodyHash: Uint8Array
  readonly receipted: boolean
}

export interface SaleRecord {
  readonly trace: number
  readonly batchNumber: number
  readonly amountMinor: number
  readonly currency: string
  readonly takenAtMs: number
}

export interface BatchEntry extends SaleRecord {
  readonly kind: 'sale' | 'offline'
  readonly authCode: string
}

export interface TextRecord {
  readonly order: number
  readonly text: string
}

export interface FlashAreas {
  readonly slots: KeySlotRecord
  readonly journal: JournalEntry
  readonly evidence: KeptUplink
  readonly batch: BatchEntry
  readonly offline: SaleRecord
  readonly reversal: SaleRecord
  readonly slip: TextRecord
  readonly params: TextRecord
  readonly receipts: TextRecord
  readonly log: TextRecord
  readonly crash_dump: TextRecord
  readonly cache: TextRecord
}

export type CellName = keyof FlashCells
export type AreaName = keyof FlashAreas

/** In the order in which they are erased and counted. */
export const dataAreas = [
  'batch',
  'offline',
  'reversal',
  'slip',
  'params',
  'receipts',
  'log',
  'crash_dump',
  'cache',
] as const satisfies readonly AreaName[]

export type DataArea = (typeof dataAreas)[number]

export type FlashChange =
  | {
      readonly [C in CellName]: { readonly cell: C; readonly value: FlashCells[C] | undefined }
    }[CellName]
  | {
      readonly [A in AreaName]: {
        readonly area: A
        readonly id: string
        readonly value: FlashAreas[A] | undefined
      }
    }[AreaName]
  | { readonly clear: AreaName }
