/**
 * The core of a node, put together from ports: sessions, dispatch, the loops, the services. It owns no
 * behaviour: it hands each part what it needs. `parts` can be replaced, for simulation and its mutants.
 */
import type { ErrorCode } from '@tillgate/protocol'

import { createBrakeGauge } from './approvals/brake-gauge.js'
import { defaultBrakePolicy, type BrakePolicy } from './approvals/policy.js'
import { openBrokered, type BrokeredPorts } from './brokered/open-brokered.js'
import { patientSteps } from './brokered/patient-steps.js'
import { coreLimits } from './limits.js'
import { defaultTiming, type LaneTiming } from './lanes/plan-lane.js'
import { alarmPrefix, logAlarms } from './loops/alarm-log.js'
import { createCaseLoop, type CaseLoopPorts } from './loops/case-steps.js'
import { createDispatch, type Dispatch } from './loops/dispatch.js'
import { createEventReader } from './loops/event-reader.js'
import { createExpiryLoop } from './loops/expiry.js'
import { createHostLoop } from './loops/host-calls.js'
import { createLaneSteps } from './loops/lane-steps.js'
import { openMerchantLoops } from './loops/merchant-loops.js'
import { createRegistrationLoop } from './loops/registrations.js'
import { createResealingLoop } from './loops/resealing.js'
import { createRetentionLoop } from './loops/retention.js'
import { createRevocationLoop } from './loops/revocations.js'
import type { Loop } from './loops/pace.js'
import type { BrokerHandler } from './ports/broker.js'
import type { Coordination } from './ports/coordination.js'
import type { Host } from './ports/host.js'
import type { LinkHandler } from './ports/link.js'
import type { Log } from './ports/log.js'
import type { Notices } from './ports/notices.js'
import type { Records } from './ports/records.js'
import type { Registry } from './ports/registry.js'
import type { Renewals } from './ports/renewals.js'
import type { SealingKeys } from './ports/sealing.js'
import type { Digest, Signer, Verifier } from './ports/signing.js'
import type { Clock, DurationMs, Entropy, Ids, Timers } from './ports/system.js'
import type { Trace } from './ports/trace.js'
import type { CertificateRow } from './records/tables.js'
import { createScopeSealing } from './sealing/scope-sealing.js'
import { createCaseService, type CaseService } from './services/case-service.js'
import type { CommandServicePorts } from './services/command-ports.js'
import type { CommandService } from './services/command-service.js'
import { createCommandService } from './services/create-command-service.js'
import { heedHints } from './sessions/hints.js'
import { createLinkHandler } from './sessions/link-handler.js'
import { SessionRegistry } from './sessions/registry.js'
import { createBatchSigner } from './signing/batch-signer.js'
import { createTrail } from './trail/trail.js'
import { createCoreWatch, type CoreCounts } from './watch/core-counts.js'
import { createAlarmBudget, createHelloBudget } from './uplinks/alarm-budget.js'
import { createRefusalCounts } from './uplinks/refusal-counts.js'
import type { WelcomeSettings } from './uplinks/context.js'

export interface CorePorts {
  readonly records: Records
  readonly coordination: Coordination
  readonly host: Host
  readonly registry: Registry
  readonly notices: Notices
  readonly signer: Signer
  readonly verifier: Verifier
  readonly digest: Digest
  readonly renewals: Renewals
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly ids: Ids
  readonly log: Log
  /** Where older keys of it are given, what lies under them is sealed anew. */
  readonly sealing?: SealingKeys
  /** Nobody looks at spans where left out. */
  readonly trace?: Trace
  readonly welcome: WelcomeSettings
  /** Where the terminals come over somebody else's broker, and what seals their sessions' keys. */
  readonly brokered?: BrokeredPorts
  readonly timing?: Partial<LaneTiming>
  /** How long attempts after a release are watched for; the default where left out. */
  readonly watchMs?: DurationMs
  /** Whether a binding may go without its five elements; `optional` where left out. */
  readonly fiveElements?: 'required' | 'optional'
  /** How many terminals may be between Proceed and proof; the default where left out. */
  readonly brake?: BrakePolicy
  /** How often the loops look without being nudged. */
  readonly pace?: { readonly beatMs?: DurationMs; readonly sweepMs?: DurationMs }
  readonly helloPatienceMs?: DurationMs
  /** Some node has committed something: for who follows the ledger. */
  committed?(): void
  /** See the link handler. */
  trusts(certificate: CertificateRow): boolean
}

/** What may be put in the place of a part. */
export interface CoreParts {
  readonly createLaneSteps: typeof createLaneSteps
  readonly createDispatch: typeof createDispatch
  readonly createHostLoop: typeof createHostLoop
  readonly createExpiryLoop: typeof createExpiryLoop
  readonly createLinkHandler: typeof createLinkHandler
  readonly createCommandService: typeof createCommandService
  readonly openBrokered: typeof openBrokered
}

/** The product's own; a part put in their place is mostly one of these, with other ports. */
export const ownParts: CoreParts = {
  createLaneSteps,
  createDispatch,
  createHostLoop,
  createExpiryLoop,
  createLinkHandler,
  createCommandService,
  openBrokered,
}

export interface Core {
  readonly linkHandler: LinkHandler
  /** For the broker that the core was opened with. */
  readonly brokerHandler: BrokerHandler | undefined
  readonly commands: CommandService
  readonly cases: CaseService
  readonly sessions: SessionRegistry
  /** For who has written what these loops look at. */
  nudgeCases(): void
  nudgeNotices(): void
  /** Uplinks refused since the start, by code. */
  refusals(): ReadonlyMap<ErrorCode, number>
  counts(): CoreCounts
  start(): void
  /** Starts nothing new; resolves when what is under way has ended. */
  stop(): Promise<void>
}

const helloPatienceMsDefault = 5_000

/** Loops that one node runs, nudged from any. */
const callsOf = (coordination: Coordination) => ({
  nudgeHost: () => coordination.call('host'),
  nudgeCases: () => coordination.call('cases'),
})

/** Unbind cases: their loop, and what may be asked about them. */
const openCases = (
  ports: CaseLoopPorts & { nudgeCases(): void },
): { readonly loop: Loop; readonly service: CaseService } => {
  const loop = createCaseLoop(ports)
  return { loop, service: createCaseService(ports) }
}

interface SealedWork {
  readonly loops: readonly Loop[]
  nudgeNotices(): void
  /** For who orders bindings. */
  readonly reporting: Pick<CommandServicePorts, 'scopes' | 'nudgeRegistrations'>
}

type SealedPorts = Pick<CorePorts, 'sealing' | 'notices' | 'registry' | 'ids' | 'digest'> & {
  readonly watch: { readerIsAtEnd(reader: string): void }
  nudgeLane(terminalId: number): void
}

/** What lies sealed: destroyed when its time is over, sealed anew when its key changes, sent to merchants. */
const sealedLoops = (
  leased: Parameters<typeof openMerchantLoops>[0],
  ports: SealedPorts,
): SealedWork => {
  const { sealing } = ports
  const retention = { ...leased('retention'), beatMs: coreLimits.retentionLookMs }
  const resealing = { ...leased('resealing'), beatMs: coreLimits.resealLookMs }
  const kept = createRetentionLoop(retention)
  if (sealing === undefined) {
    const reporting = { nudgeRegistrations: () => undefined }
    return { loops: [kept], reporting, nudgeNotices: () => undefined }
  }
  const reporting = leased('registrations')
  const scopes = createScopeSealing({ ...reporting, keys: sealing })
  const { loops, nudgeNotices } = openMerchantLoops(leased, { ...ports, scopes })
  const reported = createRegistrationLoop({ ...ports, ...reporting, scopes })
  return {
    loops: [kept, ...loops, reported, createResealingLoop({ ...resealing, sealing })],
    nudgeNotices,
    reporting: { scopes, nudgeRegistrations: () => reported.nudge() },
  }
}

export const openCore = (ports: CorePorts, replaced: Partial<CoreParts> = {}): Core => {
  const parts = { ...ownParts, ...replaced }
  const { records, coordination, timers, log, host, clock, digest, ids, entropy } = ports
  const sessions = new SessionRegistry()
  const trail = createTrail(ports)
  const signer = createBatchSigner({ signer: ports.signer, digest })
  const watch = createCoreWatch({ sessions, signer, clock })
  const brake = createBrakeGauge({ records, clock, policy: ports.brake ?? defaultBrakePolicy })
  const stepping = { records, signer, digest, clock, ids, trail, watch, brake }
  const ownSteps = parts.createLaneSteps(stepping)
  const timing: LaneTiming = { ...defaultTiming, ...ports.timing }
  const steps = ports.brokered ? patientSteps(ownSteps, records) : ownSteps
  const dispatch: Dispatch = parts.createDispatch({
    ...{ records, sessions, steps, clock, timers, entropy, timing, log },
    ...ports.pace,
  })
  const nudgeLane = (terminalId: number): void => {
    if (sessions.greeted(terminalId) !== undefined) dispatch.nudge(terminalId)
    else coordination.tell({ kind: 'lane', terminalId })
  }
  const looping = { records, clock, timers, log, trail, nudgeLane, ...ports.pace }
  /** One node is enough for it. */
  const leased = (name: string) => {
    const lease = watch.watchLease(name, coordination.lease(name))
    return { ...looping, mayRun: () => lease.held() }
  }
  const hostLoop = parts.createHostLoop({ ...leased('host-calls'), host })
  const nudges = { nudgeLane, ...callsOf(coordination) }
  const cases = openCases({ ...ports, ...leased('cases'), ...nudges })
  const expiry = parts.createExpiryLoop(leased('expiry'))
  const logging = { reader: 'alarm-log', kindPrefix: alarmPrefix, take: logAlarms(log) }
  const alarms = createEventReader({ ...watch, ...leased(logging.reader), ...logging })
  const revocations = createRevocationLoop({ ...looping, sessions })
  const refusals = createRefusalCounts()
  const receiving = {
    ...ports,
    ...nudges,
    sessions,
    signer,
    trail,
    alarmBudget: createAlarmBudget(clock),
    helloBudget: createHelloBudget(clock),
    refusals,
  }
  const linkHandler = parts.createLinkHandler({
    ...receiving,
    helloPatienceMs: ports.helloPatienceMs ?? helloPatienceMsDefault,
  })
  const brokered = ports.brokered && parts.openBrokered(ports.brokered, receiving, leased)
  const sealed = sealedLoops(leased, { ...ports, watch, nudgeLane })
  const loops: readonly Loop[] = [
    ...[hostLoop, cases.loop, expiry, alarms, revocations],
    ...sealed.loops,
    ...(brokered?.loops ?? []),
  ]
  const ordering = { ...ports, ...nudges, ...sealed.reporting, sessions, steps, trail }
  const commands = parts.createCommandService(ordering)
  const hints = heedHints({
    sessions,
    nudgeLane,
    ...{ nudgeHost: () => hostLoop.nudge(), nudgeCases: () => cases.loop.nudge() },
    ...{ nudgeRevocations: () => revocations.nudge(), committed: () => ports.committed?.() },
  })
  return {
    linkHandler,
    brokerHandler: brokered?.handler,
    commands,
    cases: cases.service,
    sessions,
    ...{ nudgeCases: () => cases.loop.nudge(), nudgeNotices: sealed.nudgeNotices },
    refusals: () => refusals.snapshot(),
    counts: () => watch.counts(),
    start() {
      // It waits for no server, and says in its health what it lacks.
      void coordination.start(hints)
      dispatch.start()
      for (const loop of loops) loop.start()
    },
    async stop() {
      await Promise.allSettled([dispatch.stop(), ...loops.map((loop) => loop.stop())])
    },
  }
}
