/**
 * The public door of the gateway: what admin-api, tests and the demo may name. Types of the core's
 * contracts, the few classes that a caller must recognise, and what a test or the demo builds on.
 * Never a socket, a statement or a key.
 */
export { RecordsUnavailable } from './core/ports/records.js'
export { openInlineSqliteRecords } from './adapters/records/sqlite/open-inline-sqlite-records.js'
export {
  pinoLog,
  systemClock,
  systemEntropy,
  systemIds,
  systemTimers,
  type LogLevel,
  type PinoLogOptions,
} from './adapters/system/index.js'
export { openInProcessCoordination } from './adapters/coordination/in-process/in-process-coordination.js'
export { createRecorderNotices, type RecorderNotices } from './adapters/notices/recorder-notices.js'
export { createRecorderRegistry } from './adapters/registry/recorder-registry.js'
export { SignerUnavailable, softwareSigner } from './adapters/signer/index.js'
export { openBroker, type BrokerOptions } from './adapters/link/broker/open-broker.js'
export type { BrokerLimits } from './adapters/link/broker/limits.js'
export type { BrokerServer } from './adapters/link/broker/broker-server.js'
export { threadPoolVerifier } from './adapters/verifier/index.js'
export {
  createSealer,
  createSessionKeys,
  lookAtGiven,
  offlineRootFile,
  openPki,
  openSealer,
  PkiRefused,
  rotateKeptKey,
  sealingKeyFile,
  softwareSealing,
} from './pki/index.js'
export type * from './pki/index.js'
export type * from './core/ports/signing.js'
export type * from './core/ports/broker.js'
export type * from './core/ports/coordination.js'
export type * from './core/ports/sealing.js'
export { sealingLimits } from './core/ports/sealing.js'
export type * from './core/ports/session-keys.js'
export type * from './core/ports/passwords.js'
export type * from './core/ports/one-time-codes.js'
export * from './core/approvals/index.js'
export * from './core/people/index.js'
export { argon2Passwords, otplibCodes } from './adapters/people/index.js'
export { openPeople, type People, type PeopleCounts } from './node/open-people.js'
export type * from './core/ports/event-feed.js'
export type * from './core/ports/renewals.js'
export type { Records, RecordsHealth } from './core/ports/records.js'
export type {
  Clock,
  DurationMs,
  Entropy,
  EpochMs,
  Ids,
  TimerHandle,
  Timers,
} from './core/ports/system.js'
export type { Log } from './core/ports/log.js'
export { noTrace, type Span, type Trace, type TraceAttribute } from './core/ports/trace.js'
export type { Origin } from './core/trail/trail.js'
export { openTelemetryTrace } from './adapters/trace/index.js'
export type { InputOf, OperationName, ResultOf } from './core/operations/catalogue.js'
export type { IdempotencyClaim } from './core/operations/idempotency.js'
export type {
  VoteView,
  BindingView,
  CaseView,
  CommandView,
  DocumentView,
  EventView,
  LinkView,
  NoticeView,
  Page,
  Queries,
  QueryName,
  StoreView,
} from './core/queries/queries.js'
export type * from './core/records/tables.js'
export type * from './core/services/command-service.js'
export type * from './core/services/case-service.js'
export { createBind, type BindPorts } from './core/services/bind-terminal.js'
export { createWithdraw, type WithdrawPorts } from './core/services/withdraw-binding.js'
export { createRegistrationLoop } from './core/loops/registrations.js'
export { verifyEvidence } from './node/verify-evidence.js'
export { createEvidence, packName, type EvidenceService } from './core/evidence/collect-pack.js'
export { createWatchService, type WatchService } from './core/services/watch-service.js'
export { watchLimits } from './core/bindings/watch.js'
export { createCaseService } from './core/services/case-service.js'
export type * from './core/ports/registry.js'
export type {
  Notice as NoticeToPeople,
  NoticeAnswer,
  NoticeChannel,
  NoticeLanguage,
  Notices,
} from './core/ports/notices.js'
export type { CaseState } from './core/cases/states.js'
export { isUnbindReason, unbindReasonCodes, unbindReasons } from './core/cases/reasons.js'
export { forceReasons, forceReasonCodes } from './core/cases/forced.js'
export { waitings, type WaitingCode } from './core/cases/waiting.js'
export { findings as inspectionFindings } from './core/cases/inspection.js'
export { caseLimits } from './core/cases/limits.js'
export { readWaits, readWaivers } from './core/cases/waits.js'
export type { BindingState } from './core/bindings/states.js'
export type { AfterRelease, CommandPhase, CommandState } from './core/commands/states.js'
export type { TerminalState } from './core/terminals/states.js'
export { openSqliteRecords } from './adapters/records/sqlite/open-sqlite-records.js'
export type { SqliteRecordsOptions } from './adapters/records/sqlite/open-sqlite-records.js'
export type {
  InlineOptions,
  InlineRecords,
} from './adapters/records/sqlite/open-inline-sqlite-records.js'
export { openPostgresRecords } from './adapters/records/postgres/open-postgres-records.js'
export type { PostgresRecordsOptions } from './adapters/records/postgres/open-postgres-records.js'
export { copyRecords } from './adapters/records/copy-records.js'
export type { CopyOptions, CopyProgress, CopyReport } from './adapters/records/copy-records.js'
export { openPartitions } from './adapters/records/postgres/partitions.js'
export type { Partition, Partitions } from './adapters/records/postgres/partitions.js'
export { OperationBug } from './adapters/records/operation-bug.js'
export { RecordsRefused, type RefusedCode } from './adapters/records/refused.js'
export { backupRecords, type BackupNote } from './adapters/records/sqlite/backup.js'
export { restoreRecords } from './adapters/records/sqlite/restore.js'
export { examineNode } from './node/doctor/examine.js'
export type { Finding } from './node/doctor/finding.js'
export { lookAtSealingKeys, type SealingKeyStatus } from './node/doctor/sealing-keys.js'
export { createDocumentService, type DocumentService } from './core/documents/document-service.js'
export { isMediaType, mediaTypes, type MediaType } from './core/documents/content-type.js'
export {
  documentKindNames,
  documentKinds,
  readerOf,
  type DocumentKindName,
} from './core/documents/kinds.js'
export { createMerchantSide, type MerchantSide } from './core/merchants/merchant-side.js'
export { noticeChannels } from './core/merchants/contacts.js'
export { merchantLimits } from './core/merchants/limits.js'
export { identityChecks } from './core/operations/confirm-case.js'
export { checklistOf, wantsOf } from './core/cases/wants.js'
export { createNoticeLoop } from './core/loops/notices.js'
export { createEventReader } from './core/loops/event-reader.js'
export { statusNoticesReader, tellMerchants } from './core/loops/status-notices.js'
export { casePrefix } from './core/merchants/status-of-event.js'
export { isNoticeKind, noticeText } from './core/merchants/notice-texts.js'
export { localText, localTime } from './core/merchants/local-time.js'
export { escaped } from './core/merchants/escaped.js'
export { createAgreements, printedAgreement, type Agreements } from './core/merchants/agreements.js'
export { agreementStyle } from './core/merchants/agreement/page.js'
export {
  agreementsReader,
  confirmedPrefix,
  makeAgreements,
} from './core/loops/confirmed-agreements.js'
export { currencyCodes } from './core/merchants/currencies.js'
export { feeFault, feeKinds, noteFault } from './core/merchants/fees.js'
export { coreLimits } from './core/limits.js'
export { createResealingLoop } from './core/loops/resealing.js'
export { createRetentionLoop } from './core/loops/retention.js'
export { maskAccount } from './core/masking/mask-account.js'
export { createScopeSealing, type ScopeSealing } from './core/sealing/scope-sealing.js'
export { parseScope, scopeNouns, scopeText, type Scope } from './core/sealing/scopes.js'
export { createFileOutlet } from './adapters/outlet/file-outlet.js'
export { createSyslogOutlet } from './adapters/outlet/syslog-outlet.js'
export { createWebhookOutlet } from './adapters/outlet/webhook-outlet.js'
export { issueServerCertificate } from './node/issue-server-certificate.js'
export { wantedNames } from './node/names.js'
export { openNode } from './node/open-node.js'
export {
  openAudit,
  type Audit,
  type AuditCounts,
  type AuditPorts,
} from './core/audit/open-audit.js'
export type * from './core/audit/audit-service.js'
export type { AuditConfig } from './node/open-node-audit.js'
export type * from './core/ports/outlet.js'
export { createRecordFeed } from './core/live/record-feed.js'
export type * from './node/counts.js'
// For a simulation: the core without a machine under it, and what its mutants replace.
export { openCore, ownParts, type Core, type CoreParts, type CorePorts } from './core/open-core.js'
export { operations, type Operations } from './core/operations/catalogue.js'
export {
  operation,
  type Decision,
  type Operation,
  type Write,
} from './core/operations/operation.js'
export type * from './core/ports/host.js'
export type * from './core/ports/link.js'
export type { HostAdapterConfig, NodeConfig, NodeOverrides } from './node/config.js'
export type { HookConfig, RegistryConfig } from './node/open-hooks.js'
export type { AcquirerCodes, RegistryCodes } from './adapters/hooks/registry-codes.js'
export { hookSecretsMax, isHookSecret } from './adapters/hooks/signing.js'
export type { GatewayNode, NodeServices } from './node/services.js'
export type { Certificates, Endpoint, Enrolled, Enrolment } from './pki/index.js'
export {
  openRedisCoordination,
  type RedisCoordinationOptions,
} from './adapters/coordination/redis/redis-coordination.js'
export { redisServersFrom, type RedisServers } from './adapters/coordination/redis/servers.js'
export type { RedisCoordinationLimits } from './adapters/coordination/redis/limits.js'
