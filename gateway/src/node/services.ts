/** What an open node offers to whoever opened it. */
import type { AuditService } from '../core/audit/audit-service.js'
import type { Coordination } from '../core/ports/coordination.js'
import type { EventFeed } from '../core/ports/event-feed.js'
import type { Log } from '../core/ports/log.js'
import type { Records } from '../core/ports/records.js'
import type { ApprovalService } from '../core/approvals/approval-service.js'
import type { PeopleService } from '../core/people/people-service.js'
import type { SealingKeys } from '../core/ports/sealing.js'
import type { Digest } from '../core/ports/signing.js'
import type { Clock, Entropy, Ids, Timers } from '../core/ports/system.js'
import type { CaseService } from '../core/services/case-service.js'
import type { CommandService } from '../core/services/command-service.js'
import type { EvidenceService } from '../core/evidence/collect-pack.js'
import type { WatchService } from '../core/services/watch-service.js'
import type { MerchantSide } from '../core/merchants/merchant-side.js'
import type { DocumentService } from '../core/documents/document-service.js'
import type { ScopeSealing } from '../core/sealing/scope-sealing.js'
import type { Certificates, Enrolment } from '../pki/index.js'
import type { NodeCounts } from './counts.js'

export interface NodeServices {
  readonly records: Records
  readonly commands: CommandService
  readonly cases: CaseService
  /** What proves a case, in one file. */
  readonly evidence: EvidenceService
  /** What is tried after a terminal was taken from its merchant. */
  readonly watch: WatchService
  readonly enrolment: Enrolment
  /** What seals and opens secrets that lie in the records. */
  readonly sealing: SealingKeys
  /** Who somebody is: passwords, one-time codes, sessions. */
  readonly people: PeopleService
  /** What wants a second person. */
  readonly approvals: ApprovalService
  /** The same for one scope, under a key that is destroyed at the end of its retention. */
  readonly scopes: ScopeSealing
  readonly documents: DocumentService
  /** How merchants are reached, and how they confirm a case. */
  readonly merchantSide: MerchantSide
  /** Revoking here also cuts the live session. */
  readonly certificates: Certificates
  /** A hint: which of these are connected to a living node and greeted; undefined where nobody knows. */
  readonly presence: Pick<Coordination, 'online'>
  /** Who asked how often, counted for all nodes together; undefined where each counts for itself. */
  readonly rates: Pick<Coordination, 'take'>
  /** The ledger as it grows, for live events. */
  readonly events: EventFeed
  /** Checkpoints and proofs of the sealed ledger. */
  readonly audit: AuditService
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: Ids
  readonly entropy: Entropy
  readonly digest: Digest
  readonly log: Log
  /** The CA behind what this node shows, Tillgate's own or a given one: for curl and terminals to pin. */
  readonly caPem: string
  /** What was counted since the start. */
  counts(): NodeCounts
  /** Not ok: it can't do its work. What only makes it slower stands among the reasons as well. */
  health(): { readonly ok: boolean; readonly reasons: readonly string[] }
}

export interface ServerTlsPem {
  readonly key: string
  readonly cert: string
}

export interface GatewayNode {
  readonly services: NodeServices
  /** For an HTTPS server beside the listener. PEM. */
  readonly serverTls: ServerTlsPem
  /** Called with each renewed certificate, for as long as the node runs. */
  onServerTls(take: (tls: ServerTlsPem) => void): void
  /** Looks now at what upkeep looks at: the server's certificate and its files, the ticket key. */
  lookAgain(): Promise<void>
  readonly ports: { readonly mqtts: number; readonly wss: number }
  /** Takes no new connection, sends terminals elsewhere at a bounded rate. */
  drain(): Promise<void>
  /** Closes everything now. */
  stop(): Promise<void>
}
