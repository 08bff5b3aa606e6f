/**
 * What may be asked of the records without changing them: one entry a query, with its input and its
 * output. Adapters answer each with their own SQL. A query sees committed rows only. Lists are pages:
 * ordered by id, after a position, never more than `limit`.
 */
import type {
  ApiTokenRow,
  ApprovalRow,
  ApprovalTargetRow,
  ApprovalVoteRow,
  AuditCheckpointRow,
  AuditHoleRow,
  AuditTileRow,
  AuditTreeRow,
  BindingRow,
  CertificateRow,
  CommandRow,
  DocumentPartRow,
  DocumentRow,
  EnrolmentTokenRow,
  EventRow,
  ForcedCloseRow,
  IdempotencyRow,
  LegalHoldRow,
  MerchantRow,
  ProofRow,
  ScopeKeyRow,
  StoreRow,
  TerminalRow,
  UserRow,
  UserSessionRow,
  UnbindCaseRow,
  VaultRow,
} from '../records/tables.js'
import type { RegistrationQueries, ShownRegistration } from './registration-queries.js'
import type { SealedColumnName } from '../records/sealed-columns.js'
import type { MerchantSideQueries } from './merchant-side-queries.js'
import type { Page, Query, Row } from './shape.js'

export type { LinkView, NoticeView } from './merchant-side-queries.js'
export type { Page } from './shape.js'

export interface BindingView extends BindingRow, ShownRegistration {
  readonly sn: string
  readonly merchantUuid: Uint8Array
  readonly storeUuid: Uint8Array | null
}

export interface StoreView extends StoreRow {
  readonly merchantUuid: Uint8Array
}

export interface CommandView extends CommandRow {
  readonly sn: string
  readonly bindingUuid: Uint8Array | null
}

/** A case with what it is about, as people know it. */
export interface CaseView extends UnbindCaseRow {
  readonly sn: string
  readonly tusn: string | null
  /** Of the terminal's latest session: it has one where it began and has not ended. */
  readonly sessionSinceMs: number | null
  readonly sessionEndedMs: number | null
  readonly bindingUuid: Uint8Array
  readonly acquirerCode: string
  readonly mid: string
  readonly tid: string
  readonly merchantUuid: Uint8Array
  /** Of the Unbind that it ordered last. */
  readonly commandUuid: Uint8Array | null
}

/** An event with what it names, as people know it. */
export interface EventView extends EventRow {
  readonly sn: string | null
  readonly commandUuid: Uint8Array | null
  readonly bindingUuid: Uint8Array | null
  readonly caseUuid: Uint8Array | null
}

/** A vote with whose it is. */
export interface VoteView extends ApprovalVoteRow {
  readonly login: string
  readonly userUuid: Uint8Array
}

export interface RevokedCertificate {
  readonly terminalId: number
  readonly sha256: Uint8Array
  readonly revokedAtMs: number
}

export interface DocumentView extends DocumentRow {
  readonly merchantUuid: Uint8Array
}

/** A row of the table that a sealed column belongs to. */
export type SealedRow = VaultRow | ScopeKeyRow | TerminalRow

export interface SealedCount {
  readonly place: SealedColumnName
  readonly kid: Uint8Array
  readonly values: number
}

export interface LateComer {
  /** Of the forced close. */
  readonly id: number
  readonly caseId: number
  readonly terminalId: number
  readonly sn: string
  readonly reason: string
  readonly mid: string
  readonly tid: string
}

export interface Queries extends RegistrationQueries, MerchantSideQueries {
  // --- the way of a command
  /** Who stands behind a certificate; asked on every connection. */
  readonly 'certificate-by-hash': Query<
    { readonly sha256: Uint8Array },
    { readonly certificate: CertificateRow; readonly terminal: TerminalRow } | undefined
  >
  /** The open commands of these terminals, by terminal and id. At most `limit` in all. */
  readonly 'open-commands': Query<
    { readonly terminalIds: readonly number[]; readonly limit: number },
    readonly CommandRow[]
  >
  /** Destructive commands that wait for the host: phase ready, tid_blocking unanswered, tid_unblocking. */
  readonly 'host-work': Query<
    Page,
    readonly (CommandRow & {
      readonly acquirerCode: string
      readonly mid: string
      readonly tid: string
      readonly sn: string
    })[]
  >
  /** Open commands with `notAfterMs` below now whose state or phase still has to take notice of it. */
  readonly 'overdue-commands': Query<
    Page & { readonly nowMs: number },
    readonly (CommandRow & { readonly sn: string })[]
  >
  readonly 'command-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<CommandView>>
  readonly commands: Query<
    Page & { readonly terminalId?: number; readonly state?: string; readonly type?: number },
    readonly CommandView[]
  >
  /** The ledger of one command: its events in order. */
  readonly 'events-of-command': Query<Page & { readonly commandId: number }, readonly EventRow[]>
  readonly 'proofs-of-command': Query<{ readonly commandId: number }, readonly ProofRow[]>
  /** The ledger as it stands, row by row; readers and followers ask for `event-views`. */
  readonly events: Query<Page, readonly EventRow[]>
  /** Where the ledger ends: the id of the newest event; 0 where there is none. */
  readonly 'event-head': Query<Readonly<Record<string, never>>, { readonly position: number }>
  /**
   * How far the next lines after a position reach, and how many they are: ids have gaps, so a stretch of
   * them says nothing of what it costs to look through.
   */
  readonly 'event-stretch': Query<
    { readonly afterId: number; readonly linesMax: number },
    { readonly throughId: number; readonly lines: number }
  >
  /** Events up to and with `throughId`, which bounds how far a rare match is looked for. */
  readonly 'event-views': Query<
    Page & {
      readonly throughId: number
      readonly terminalId?: number
      readonly commandId?: number
      readonly kindPrefix?: string
    },
    readonly EventView[]
  >
  readonly 'case-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<CaseView>>
  readonly cases: Query<
    Page & {
      readonly state?: string
      readonly open?: 0 | 1
      readonly terminalId?: number
      readonly merchantId?: number
    },
    readonly CaseView[]
  >
  /** Cases that want to be looked at by now, the longest overdue first. */
  readonly 'due-cases': Query<
    { readonly nowMs: number; readonly limit: number },
    readonly CaseView[]
  >
  /** Cases that wait for an approval that is granted and names their terminal and binding. */
  readonly 'approvable-cases': Query<
    Page & { readonly nowMs: number },
    readonly {
      readonly caseId: number
      readonly terminalId: number
      readonly approvalUuid: Uint8Array
    }[]
  >
  /** Cases that are open, and for whose terminal and binding a forced close is granted; the case decides. */
  readonly 'forceable-cases': Query<
    { readonly nowMs: number; readonly afterId: number; readonly limit: number },
    readonly {
      readonly caseId: number
      readonly terminalId: number
      readonly approvalUuid: Uint8Array
    }[]
  >
  /**
   * Terminals in session that owe the erase of a forced close, with none under way; those whose last one has
   * just ended as well: the operation decides.
   */
  readonly 'late-comers': Query<
    { readonly afterId: number; readonly limit: number },
    readonly LateComer[]
  >
  readonly 'forced-close': Query<{ readonly caseId: number }, Row<ForcedCloseRow>>
  /** The ledger of one case: its own moves and its orders, in order. */
  readonly 'events-of-case': Query<Page & { readonly caseId: number }, readonly EventRow[]>
  readonly cursor: Query<{ readonly reader: string }, { readonly position: number }>

  // --- the tree that seals the ledger
  /** The next lines behind a position, as the entries of the tree that they will be. */
  readonly 'unsealed-events': Query<Page, UnsealedEvents>
  /**
   * Writers of events that have made more lines than are behind the position or counted there: of those
   * from `fromWriter` on, with nothing unsealed, how many lines each has made. None where ids have no gaps.
   */
  readonly 'writer-ends': Query<
    { readonly afterId: number; readonly fromWriter: number },
    readonly { readonly writer: number; readonly written: number }[]
  >
  readonly 'audit-tree': Query<Readonly<Record<string, never>>, Row<AuditTreeRow>>
  readonly 'audit-tiles': Query<{ readonly ids: readonly number[] }, readonly AuditTileRow[]>
  /** The tile of the lowest level that an event lies in, if it is sealed. */
  readonly 'audit-tile-of-event': Query<{ readonly eventId: number }, Row<AuditTileRow>>
  readonly 'audit-holes': Query<Page, readonly AuditHoleRow[]>
  /** The newest. */
  readonly 'audit-checkpoint': Query<Readonly<Record<string, never>>, Row<AuditCheckpointRow>>

  // --- nouns
  readonly 'terminal-by-sn': Query<{ readonly sn: string }, Row<TerminalRow>>
  readonly 'terminal-by-id': Query<{ readonly id: number }, Row<TerminalRow>>
  readonly terminals: Query<Page & { readonly state?: string }, readonly TerminalRow[]>
  /** Terminals with open commands, by id. */
  readonly 'waiting-terminals': Query<Page, readonly { readonly id: number; readonly sn: string }[]>
  readonly 'certificates-of-terminal': Query<
    { readonly terminalId: number },
    readonly CertificateRow[]
  >
  /** Revoked at or after this moment, in the order of that moment. */
  readonly 'revoked-certificates': Query<
    { readonly sinceMs: number; readonly limit: number },
    readonly RevokedCertificate[]
  >
  readonly 'merchant-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<MerchantRow>>
  readonly merchants: Query<Page, readonly MerchantRow[]>
  readonly 'store-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<StoreView>>
  readonly stores: Query<Page & { readonly merchantId?: number }, readonly StoreView[]>
  readonly 'binding-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<BindingView>>
  readonly bindings: Query<
    Page & { readonly terminalId?: number; readonly merchantId?: number; readonly live?: 0 | 1 },
    readonly BindingView[]
  >
  readonly 'enrolment-token-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<EnrolmentTokenRow>>
  readonly 'enrolment-token-by-hash': Query<
    { readonly tokenHash: Uint8Array },
    Row<EnrolmentTokenRow>
  >
  readonly 'enrolment-tokens': Query<Page, readonly EnrolmentTokenRow[]>
  readonly 'api-token-by-hash': Query<{ readonly tokenHash: Uint8Array }, Row<ApiTokenRow>>
  readonly 'api-token-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<ApiTokenRow>>
  readonly 'api-tokens': Query<Page, readonly ApiTokenRow[]>
  // --- people, and what they decide
  readonly 'user-by-login': Query<{ readonly login: string }, Row<UserRow>>
  readonly 'user-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<UserRow>>
  readonly 'user-by-activation': Query<{ readonly activationHash: Uint8Array }, Row<UserRow>>
  readonly users: Query<Page, readonly UserRow[]>
  /** Asked on every request of a person. */
  readonly 'session-by-hash': Query<
    { readonly tokenHash: Uint8Array },
    { readonly session: UserSessionRow; readonly user: UserRow } | undefined
  >
  readonly 'approval-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<ApprovalRow>>
  readonly approvals: Query<
    Page & { readonly state?: ApprovalRow['state'] },
    readonly ApprovalRow[]
  >
  /** Undecided, and their time is over. */
  readonly 'overdue-approvals': Query<
    { readonly nowMs: number; readonly limit: number },
    readonly ApprovalRow[]
  >
  readonly 'approval-targets': Query<
    Page & { readonly approvalId: number },
    readonly ApprovalTargetRow[]
  >
  readonly 'approval-votes': Query<{ readonly approvalId: number }, readonly VoteView[]>
  /** How many terminals are between Proceed and proof. */
  readonly 'brake-held': Query<Readonly<Record<string, never>>, number>
  /** Live bindings. */
  readonly 'bindings-in-service': Query<Readonly<Record<string, never>>, number>

  readonly 'idempotency-by-key': Query<{ readonly keyHash: Uint8Array }, Row<IdempotencyRow>>
  readonly 'vault-entries': Query<{ readonly kind?: string }, readonly VaultRow[]>

  // --- what is sealed
  readonly 'scope-key': Query<{ readonly scope: string }, Row<ScopeKeyRow>>
  /** Not destroyed, their retention over, and no legal hold on them. */
  readonly 'scope-keys-due': Query<Page & { readonly nowMs: number }, readonly ScopeKeyRow[]>
  readonly 'legal-hold-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<LegalHoldRow>>
  readonly 'legal-holds': Query<Page & { readonly scope?: string }, readonly LegalHoldRow[]>
  /** Those that are being received too. */
  readonly 'document-by-uuid': Query<{ readonly uuid: Uint8Array }, Row<DocumentView>>
  /** Kept or dropped. */
  readonly documents: Query<
    Page & { readonly scope?: string; readonly merchantId?: number },
    readonly DocumentView[]
  >
  /** To be dropped by now, and no legal hold on their scope unless they were never whole. */
  readonly 'documents-due': Query<Page & { readonly nowMs: number }, readonly DocumentRow[]>
  readonly 'document-part': Query<
    { readonly documentId: number; readonly place: number },
    Row<DocumentPartRow>
  >
  /** Rows of that column's table whose value lies under this sealing key. */
  readonly 'sealed-under': Query<
    Page & { readonly place: SealedColumnName; readonly kid: Uint8Array },
    readonly SealedRow[]
  >
  /** How many values of each column lie under which sealing key. */
  readonly 'sealed-kids': Query<Readonly<Record<string, never>>, readonly SealedCount[]>
}

/**
 * Lines of the ledger for the tree: `lines` is UTF-8, a newline before each and one behind the last, and
 * each the canonical JSON of an event (protocol, `entryText`). It is the caller's own, to be written on.
 */
export interface UnsealedEvents {
  readonly ids: readonly number[]
  /** Who made each as its how-many-eth line; undefined where one writer made them all and ids have no gaps. */
  readonly writers: readonly (number | null)[] | undefined
  readonly numbers: readonly (number | null)[] | undefined
  readonly lines: Uint8Array
}

export type QueryName = keyof Queries
