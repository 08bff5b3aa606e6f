/**
 * Every row that Tillgate keeps, by table: the shape that operations see, the same in every dialect.
 * Integer keys inside; UUIDv7 (`uuid`, 16 bytes) at the door; times in ms since 1970 UTC; flags 0 or 1;
 * absent is null. Migrations of each dialect make these tables; a contract test compares.
 */
import type { BindingState } from '../bindings/states.js'
import type { CaseState } from '../cases/states.js'
import type { CommandPhase, CommandState, AfterRelease } from '../commands/states.js'
import type { TerminalState } from '../terminals/states.js'
import { merchantSideColumns, type MerchantSideTables } from './merchant-side-tables.js'
import { peopleColumns, type PeopleTables } from './people-tables.js'
import { registrationColumns, type RegistrationTables } from './registration-table.js'
import { watchColumns, type WatchTables } from './watch-table.js'

export type * from './merchant-side-tables.js'
export type * from './people-tables.js'
export type * from './registration-table.js'
export type * from './watch-table.js'

type Flag = 0 | 1

export interface MerchantRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly acquirerCode: string
  readonly mid: string
  readonly name: string
  readonly createdAtMs: number
}

export interface StoreRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly merchantId: number
  readonly name: string
  readonly address: string
  readonly createdAtMs: number
}

export interface TerminalRow {
  readonly id: number
  readonly sn: string
  readonly vendor: string
  readonly model: string
  readonly tusn: string | null
  readonly state: TerminalState
  readonly assetEpoch: number
  /** The epoch that the terminal is known to hold: of the last binding that it confirmed. */
  readonly bindingEpoch: number
  /** The highest epoch ever given to a binding of this terminal; the next is one more. */
  readonly issuedEpoch: number
  readonly locked: Flag
  /** Rises whenever somebody takes the lane; every write of a lane is checked against it. */
  readonly fence: number
  /** Downlink sequence numbers up to here are handed out; a new owner starts above. */
  readonly seqBlockEnd: number
  /** The highest downlink sequence that the terminal said it stored. */
  readonly seqDevice: number
  /** The highest uplink sequence that was made durable. */
  readonly uplinkSeq: number
  readonly bootId: Uint8Array | null
  readonly sessionNonce: Uint8Array | null
  readonly sessionId: Uint8Array | null
  readonly sessionSinceMs: number | null
  readonly sessionEndedMs: number | null
  readonly firmware: string | null
  readonly signerListVersion: number
  /** As the terminal named it in its last Hello, JSON. */
  readonly keySlots: string | null
  readonly createdAtMs: number
  /** The session's MAC key, sealed, where any node may have to check it (behind a broker); else null. */
  readonly sessionKey: Uint8Array | null
  /** The certificate that such a session stands on. */
  readonly sessionCertificateId: number | null
}

export interface CertificateRow {
  readonly id: number
  readonly terminalId: number
  /** SHA-256 of the DER. */
  readonly sha256: Uint8Array
  readonly der: Uint8Array
  readonly spki: Uint8Array
  /** `tillgate`: issued by our CA; `vendor`: registered. */
  readonly issuer: 'tillgate' | 'vendor'
  readonly notBeforeMs: number
  readonly notAfterMs: number
  readonly registeredAtMs: number
  /** 0 while it may be used. */
  readonly revoked: Flag
  readonly revokedAtMs: number | null
  readonly revokeReason: string | null
}

export interface EnrolmentTokenRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly sn: string
  readonly tokenHash: Uint8Array
  /** An administrator allowed a new certificate beside a live one. */
  readonly reenrol: Flag
  readonly expiresAtMs: number
  readonly usedAtMs: number | null
  /** SHA-256 of the CSR that used it, so that the same request repeated gets the same answer. */
  readonly csrHash: Uint8Array | null
  readonly certificateId: number | null
  readonly createdBy: string
  readonly createdAtMs: number
}

export interface ApiTokenRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly name: string
  readonly tokenHash: Uint8Array
  /** Separated by single spaces. */
  readonly scopes: string
  readonly expiresAtMs: number
  readonly revokedAtMs: number | null
  readonly createdBy: string
  readonly createdAtMs: number
}

export interface BindingRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly terminalId: number
  readonly merchantId: number
  readonly storeId: number | null
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
  readonly epoch: number
  readonly state: BindingState
  /** 1 in REPORTING, DELIVERING, WITHDRAWING, ACTIVE, RELEASING (B1). */
  readonly live: Flag
  readonly bindCommandId: number | null
  readonly paramsHash: Uint8Array
  readonly createdBy: string
  readonly createdAtMs: number
  readonly activeAtMs: number | null
  readonly endedAtMs: number | null
}

export interface CommandRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly terminalId: number
  readonly bindingId: number | null
  /** Wire number, `CommandType` of the schema. */
  readonly type: number
  readonly destructive: Flag
  readonly payload: Uint8Array
  readonly approvalHash: Uint8Array | null
  readonly assetEpoch: number
  readonly bindingEpoch: number
  readonly createdBy: string
  readonly createdAtMs: number
  readonly notAfterMs: number
  readonly state: CommandState
  readonly phase: CommandPhase | null
  /** 1 until the state is final and its outcome known. */
  readonly open: Flag
  readonly outcomeUnknown: Flag
  /** Of the latest attempt; null before the first claim. */
  readonly attempts: number
  readonly seq: number | null
  readonly fence: number | null
  readonly body: Uint8Array | null
  readonly bodyHash: Uint8Array | null
  readonly attemptNonce: Uint8Array | null
  readonly publishedAtMs: number | null
  /** PUBACK: a time in the ledger, not a state. */
  readonly deliveredAtMs: number | null
  readonly acceptedAtMs: number | null
  readonly readyNonce: Uint8Array | null
  readonly readyAtMs: number | null
  readonly leaseMs: number | null
  readonly hostCallNumber: number | null
  /** The host's answer to that call: null while there is none. */
  readonly hostAnswer: 'blocked' | 'open' | 'refused' | null
  /** From the first block call until the host has answered an unblock. */
  readonly tidMayBeBlocked: Flag
  readonly proceedBody: Uint8Array | null
  readonly proceedHash: Uint8Array | null
  readonly proceedSeq: number | null
  readonly proceedAtMs: number | null
  readonly afterRelease: AfterRelease | null
  /** Number of the error catalogue; 0 where it went well. */
  readonly resultCode: number | null
  readonly resultPayload: Uint8Array | null
  readonly finalAtMs: number | null
  /** The case that ordered it. */
  readonly caseId: number | null
}

/** Taking one terminal from its merchant: from the wish to the closed file (domain §6.3). */
export interface UnbindCaseRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly terminalId: number
  readonly bindingId: number
  readonly merchantId: number
  /** A code of `core/cases/reasons.ts`. */
  readonly reason: string
  readonly note: string
  readonly state: CaseState
  /** 1 until it is closed, cancelled or rejected. */
  readonly open: Flag
  /** What it waits for: codes of `core/cases/waiting.ts`, sorted, JSON list. */
  readonly waitsFor: string
  /** What somebody has waived: JSON list of code, actor, why, atMs. */
  readonly waivers: string
  /** SHA-256 of what was approved; null before. */
  readonly approvalHash: Uint8Array | null
  /** The Unbind that it ordered last. */
  readonly commandId: number | null
  /** Commands ordered so far. */
  readonly orders: number
  readonly postponements: number
  readonly partialProofs: number
  /** Reboots that the terminal survived while erasing. */
  readonly reboots: number
  /** The appointment: not dispatched before. */
  readonly startsAtMs: number
  /** No postponement goes beyond. */
  readonly deadlineMs: number
  /** When the loop looks at it again; null where only an event leads on. */
  readonly dueAtMs: number | null
  readonly createdBy: string
  readonly createdAtMs: number
  readonly endedAtMs: number | null
  /** When the merchant confirmed it, by a one-time code or at the counter; null before. */
  readonly confirmedAtMs: number | null
  readonly confirmedHow: 'code' | 'counter' | null
  readonly confirmedBy: string | null
  /** Who recorded it at the counter; never votes on this case. */
  readonly confirmedByUserId: number | null
  /** Documents kept for it: JSON list of kind, document, who, atMs. */
  readonly papers: string
  /** How often its appointment was moved. */
  readonly reschedules: number
}

/** A case that two persons closed without its terminal, and what has become of that terminal since. */
export interface ForcedCloseRow {
  readonly id: number
  readonly caseId: number
  readonly terminalId: number
  readonly bindingId: number
  /** A code of `core/cases/forced.ts`. */
  readonly reason: string
  /** What was shown with the request; null where none is wanted. */
  readonly documentUuid: Uint8Array | null
  /** SHA-256 of what was approved; the erase of a late comer names it as well. */
  readonly approvalHash: Uint8Array
  readonly forcedAtMs: number
  /** Of the block call that waits for its answer, or had it. */
  readonly callNumber: number | null
  readonly hostAnswer: 'blocked' | 'unknown-tid' | null
  readonly blockedAtMs: number | null
  /** 1 until an erase is proved, or recorded by hand: until then the terminal gets that and nothing else. */
  readonly pending: Flag
  /** The erase that was ordered last. */
  readonly eraseCommandId: number | null
  readonly eraseOrders: number
  readonly erasedBy: 'proof' | 'depot' | null
  readonly erasedAtMs: number | null
}

/** One number per TID that rises with every call to the host (architecture §5, rule 2). */
export interface TidRow {
  readonly id: number
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
  readonly callNumber: number
}

export interface ProofRow {
  readonly id: number
  readonly commandId: number
  readonly terminalId: number
  readonly bindingId: number | null
  readonly bindingEpoch: number
  readonly certificateId: number
  /** The envelope as received: body and signature. */
  readonly envelope: Uint8Array
  readonly bodyHash: Uint8Array
  readonly partial: Flag
  readonly receivedAtMs: number
}

/** Ledger, audit and outbox in one. `id` is the position that readers keep. */
export interface EventRow {
  readonly id: number
  readonly atMs: number
  readonly kind: string
  readonly terminalId: number | null
  readonly commandId: number | null
  readonly bindingId: number | null
  /** Who: `terminal`, `gateway`, or an API token's name. */
  readonly actor: string
  /** JSON object; never a key, a token, a card number. */
  readonly data: string
  /** The envelope as received, where it is evidence. */
  readonly evidence: Uint8Array | null
  readonly caseId: number | null
}

export interface CursorRow {
  readonly id: number
  readonly reader: string
  readonly position: number
}

/** What a request with an Idempotency-Key was answered, written in the transaction of the change. */
export interface IdempotencyRow {
  readonly id: number
  /** SHA-256 over API token and key. */
  readonly keyHash: Uint8Array
  readonly requestHash: Uint8Array
  /** What it made: the table and the row's public id. */
  readonly madeKind: string
  readonly madeId: string
  readonly createdAtMs: number
}

/** Secrets, sealed, with their public half in clear: CA, command signers, TLS ticket key, lists. */
export interface VaultRow {
  readonly id: number
  readonly name: string
  readonly kind: string
  readonly publicPart: Uint8Array | null
  readonly sealedPart: Uint8Array | null
  readonly createdAtMs: number
  readonly retiredAtMs: number | null
}

/** At most one of each terminal: what it was booted as before. */
export interface EarlierBootsRow {
  readonly id: number
  readonly terminalId: number
  /** 16 bytes each, newest last; bounded. */
  readonly bootIds: Uint8Array
}

/**
 * The key of a scope (`case:<uuid>`, `merchant:<uuid>`), sealed under the sealing key. What lies sealed
 * under it is gone for ever once it is destroyed; the row stays and says so.
 */
export interface ScopeKeyRow {
  readonly id: number
  readonly scope: string
  /** Null: destroyed. */
  readonly sealedPart: Uint8Array | null
  /** Destroyed after this, unless a legal hold stands; null: no end is known yet. */
  readonly retainUntilMs: number | null
  readonly madeAtMs: number
  readonly destroyedAtMs: number | null
  readonly destroyedBy: string | null
  readonly destroyedWhy: string | null
}

/** While it stands nothing of its scope is destroyed. */
export interface LegalHoldRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly scope: string
  readonly standing: Flag
  readonly reason: string
  readonly placedBy: string
  readonly placedAtMs: number
  readonly endedBy: string | null
  readonly endedAtMs: number | null
  readonly endReason: string | null
}

/** An upload; its content lies in its parts, sealed under its scope's key, as do its name and salt. */
export interface DocumentRow {
  readonly id: number
  readonly uuid: Uint8Array
  readonly scope: string
  readonly merchantId: number
  /** A code of `core/documents/kinds.ts`. */
  readonly kind: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly partCount: number
  /** SHA-256 over salt and content: says nothing of the content once the salt is gone. */
  readonly contentHash: Uint8Array
  readonly sealedName: Uint8Array | null
  readonly sealedSalt: Uint8Array | null
  /** RECEIVING: not all parts are here, and nobody sees it. DROPPED: the sealed parts are gone. */
  readonly state: 'RECEIVING' | 'KEPT' | 'DROPPED'
  readonly retainUntilMs: number
  readonly uploadedBy: string
  readonly uploadedAtMs: number
  /** When the loop drops it: the end of retention, or of patience with an upload. Null once dropped. */
  readonly dropAtMs: number | null
  readonly droppedAtMs: number | null
  readonly droppedWhy: string | null
}

export interface DocumentPartRow {
  readonly id: number
  readonly documentId: number
  /** From 0. */
  readonly place: number
  readonly sealedPart: Uint8Array | null
}

/** The head of the tree that seals the ledger. There is one row, with id 1; who writes it holds the tree. */
export interface AuditTreeRow {
  readonly id: number
  /** Entries sealed: events, and holes. */
  readonly size: number
  /** Events up to this id are sealed. */
  readonly position: number
  /** Of the tree of this size. */
  readonly root: Uint8Array
  /** JSON object: how many lines of each writer of events are accounted for, by its number. */
  readonly writers: string
  readonly sealedAtMs: number
  /** Of the newest checkpoint; 0 where there is none. */
  readonly checkpointSize: number
}

/**
 * 256 hashes of one level side by side, or fewer in the last tile of a level (c2sp.org/tlog-tiles). The id
 * says which: `core/audit/tiles.ts`.
 */
export interface AuditTileRow {
  readonly id: number
  /** The event that its first entry is, or stands before; null above the lowest level. */
  readonly firstEvent: number | null
  readonly hashes: Uint8Array
  /** On the lowest level 8 bytes an entry: the event, and in the top bit that it is a hole. */
  readonly events: Uint8Array | null
}

/** An entry of the tree for lines that were gone before they were sealed. */
export interface AuditHoleRow {
  readonly id: number
  /** Its index in the tree. */
  readonly place: number
  /** As it was hashed. */
  readonly entry: string
}

export interface AuditCheckpointRow {
  readonly id: number
  readonly size: number
  /** The signed note. */
  readonly note: string
  readonly atMs: number
}

export interface Tables extends PeopleTables, MerchantSideTables, RegistrationTables, WatchTables {
  readonly merchant: MerchantRow
  readonly store: StoreRow
  readonly terminal: TerminalRow
  readonly certificate: CertificateRow
  readonly enrolmentToken: EnrolmentTokenRow
  readonly apiToken: ApiTokenRow
  readonly binding: BindingRow
  readonly command: CommandRow
  readonly unbindCase: UnbindCaseRow
  readonly forcedClose: ForcedCloseRow
  readonly tid: TidRow
  readonly proof: ProofRow
  readonly event: EventRow
  readonly cursor: CursorRow
  readonly idempotency: IdempotencyRow
  readonly vault: VaultRow
  readonly earlierBoots: EarlierBootsRow
  readonly scopeKey: ScopeKeyRow
  readonly legalHold: LegalHoldRow
  readonly document: DocumentRow
  readonly documentPart: DocumentPartRow
  readonly auditTree: AuditTreeRow
  readonly auditTile: AuditTileRow
  readonly auditHole: AuditHoleRow
  readonly auditCheckpoint: AuditCheckpointRow
}

export type TableName = keyof Tables
export type RowOf<T extends TableName> = Tables[T]
/** `id` may be left out where nothing else names the row. */
export type Insertable<T extends TableName> = Omit<RowOf<T>, 'id'> & { readonly id?: number }

type Columns = { readonly [T in TableName]: { readonly [C in keyof Tables[T]]: true } }

/**
 * The columns as data, for adapters that build their statements from it; the compiler keeps it equal
 * to the interfaces above. Names are camelCase here and snake_case in SQL.
 */
export const columns: Columns = {
  ...peopleColumns,
  ...merchantSideColumns,
  ...registrationColumns,
  ...watchColumns,
  merchant: { id: true, uuid: true, acquirerCode: true, mid: true, name: true, createdAtMs: true },
  store: { id: true, uuid: true, merchantId: true, name: true, address: true, createdAtMs: true },
  terminal: {
    id: true,
    sn: true,
    vendor: true,
    model: true,
    tusn: true,
    state: true,
    assetEpoch: true,
    bindingEpoch: true,
    issuedEpoch: true,
    locked: true,
    fence: true,
    seqBlockEnd: true,
    seqDevice: true,
    uplinkSeq: true,
    bootId: true,
    sessionNonce: true,
    sessionId: true,
    sessionSinceMs: true,
    sessionEndedMs: true,
    firmware: true,
    signerListVersion: true,
    keySlots: true,
    createdAtMs: true,
    sessionKey: true,
    sessionCertificateId: true,
  },
  certificate: {
    id: true,
    terminalId: true,
    sha256: true,
    der: true,
    spki: true,
    issuer: true,
    notBeforeMs: true,
    notAfterMs: true,
    registeredAtMs: true,
    revoked: true,
    revokedAtMs: true,
    revokeReason: true,
  },
  enrolmentToken: {
    id: true,
    uuid: true,
    sn: true,
    tokenHash: true,
    reenrol: true,
    expiresAtMs: true,
    usedAtMs: true,
    csrHash: true,
    certificateId: true,
    createdBy: true,
    createdAtMs: true,
  },
  apiToken: {
    id: true,
    uuid: true,
    name: true,
    tokenHash: true,
    scopes: true,
    expiresAtMs: true,
    revokedAtMs: true,
    createdBy: true,
    createdAtMs: true,
  },
  binding: {
    id: true,
    uuid: true,
    terminalId: true,
    merchantId: true,
    storeId: true,
    acquirerCode: true,
    mid: true,
    tid: true,
    epoch: true,
    state: true,
    live: true,
    bindCommandId: true,
    paramsHash: true,
    createdBy: true,
    createdAtMs: true,
    activeAtMs: true,
    endedAtMs: true,
  },
  command: {
    id: true,
    uuid: true,
    terminalId: true,
    bindingId: true,
    type: true,
    destructive: true,
    payload: true,
    approvalHash: true,
    assetEpoch: true,
    bindingEpoch: true,
    createdBy: true,
    createdAtMs: true,
    notAfterMs: true,
    state: true,
    phase: true,
    open: true,
    outcomeUnknown: true,
    attempts: true,
    seq: true,
    fence: true,
    body: true,
    bodyHash: true,
    attemptNonce: true,
    publishedAtMs: true,
    deliveredAtMs: true,
    acceptedAtMs: true,
    readyNonce: true,
    readyAtMs: true,
    leaseMs: true,
    hostCallNumber: true,
    hostAnswer: true,
    tidMayBeBlocked: true,
    proceedBody: true,
    proceedHash: true,
    proceedSeq: true,
    proceedAtMs: true,
    afterRelease: true,
    resultCode: true,
    resultPayload: true,
    finalAtMs: true,
    caseId: true,
  },
  unbindCase: {
    id: true,
    uuid: true,
    terminalId: true,
    bindingId: true,
    merchantId: true,
    reason: true,
    note: true,
    state: true,
    open: true,
    waitsFor: true,
    waivers: true,
    approvalHash: true,
    commandId: true,
    orders: true,
    postponements: true,
    partialProofs: true,
    reboots: true,
    startsAtMs: true,
    deadlineMs: true,
    dueAtMs: true,
    createdBy: true,
    createdAtMs: true,
    endedAtMs: true,
    confirmedAtMs: true,
    confirmedHow: true,
    confirmedBy: true,
    confirmedByUserId: true,
    papers: true,
    reschedules: true,
  },
  forcedClose: {
    id: true,
    caseId: true,
    terminalId: true,
    bindingId: true,
    reason: true,
    documentUuid: true,
    approvalHash: true,
    forcedAtMs: true,
    callNumber: true,
    hostAnswer: true,
    blockedAtMs: true,
    pending: true,
    eraseCommandId: true,
    eraseOrders: true,
    erasedBy: true,
    erasedAtMs: true,
  },
  tid: { id: true, acquirerCode: true, mid: true, tid: true, callNumber: true },
  proof: {
    id: true,
    commandId: true,
    terminalId: true,
    bindingId: true,
    bindingEpoch: true,
    certificateId: true,
    envelope: true,
    bodyHash: true,
    partial: true,
    receivedAtMs: true,
  },
  event: {
    id: true,
    atMs: true,
    kind: true,
    terminalId: true,
    commandId: true,
    bindingId: true,
    actor: true,
    data: true,
    evidence: true,
    caseId: true,
  },
  cursor: { id: true, reader: true, position: true },
  idempotency: {
    id: true,
    keyHash: true,
    requestHash: true,
    madeKind: true,
    madeId: true,
    createdAtMs: true,
  },
  vault: {
    id: true,
    name: true,
    kind: true,
    publicPart: true,
    sealedPart: true,
    createdAtMs: true,
    retiredAtMs: true,
  },
  earlierBoots: { id: true, terminalId: true, bootIds: true },
  scopeKey: {
    id: true,
    scope: true,
    sealedPart: true,
    retainUntilMs: true,
    madeAtMs: true,
    destroyedAtMs: true,
    destroyedBy: true,
    destroyedWhy: true,
  },
  legalHold: {
    id: true,
    uuid: true,
    scope: true,
    standing: true,
    reason: true,
    placedBy: true,
    placedAtMs: true,
    endedBy: true,
    endedAtMs: true,
    endReason: true,
  },
  document: {
    id: true,
    uuid: true,
    scope: true,
    merchantId: true,
    kind: true,
    mediaType: true,
    sizeBytes: true,
    partCount: true,
    contentHash: true,
    sealedName: true,
    sealedSalt: true,
    state: true,
    retainUntilMs: true,
    uploadedBy: true,
    uploadedAtMs: true,
    dropAtMs: true,
    droppedAtMs: true,
    droppedWhy: true,
  },
  documentPart: { id: true, documentId: true, place: true, sealedPart: true },
  auditTree: {
    id: true,
    size: true,
    position: true,
    root: true,
    writers: true,
    sealedAtMs: true,
    checkpointSize: true,
  },
  auditTile: { id: true, firstEvent: true, hashes: true, events: true },
  auditHole: { id: true, place: true, entry: true },
  auditCheckpoint: { id: true, size: true, note: true, atMs: true },
}
