/** The services of an open node, gathered from its parts. */
import { nodePrimitives } from '@tillgate/protocol/node'

import { createDocumentService } from '../core/documents/document-service.js'
import { createMerchantSide } from '../core/merchants/merchant-side.js'
import { createEvidence } from '../core/evidence/collect-pack.js'
import { createWatchService } from '../core/services/watch-service.js'
import { createScopeSealing } from '../core/sealing/scope-sealing.js'
import type { Audit } from '../core/audit/open-audit.js'
import type { Core } from '../core/open-core.js'
import type { Coordination } from '../core/ports/coordination.js'
import type { EventFeed } from '../core/ports/event-feed.js'
import type { SealingKeys } from '../core/ports/sealing.js'
import type { Pki } from '../pki/index.js'
import type { NodeConfig } from './config.js'
import type { AboutNode } from './about.js'
import type { HookCounts, HostCounts, NodeCounts } from './counts.js'
import type { CryptoCounts } from './watched-signing.js'
import { cuttingSessions } from './cutting-sessions.js'
import type { Machine } from './machine.js'
import { openPeople } from './open-people.js'
import type { NodeServices } from './services.js'
import type { WatchedRecords } from './watched-records.js'

interface Parts {
  readonly config: NodeConfig
  readonly machine: Machine
  readonly watched: WatchedRecords
  readonly feed: EventFeed
  readonly coordination: Coordination
  readonly core: Core
  readonly audit: Audit
  readonly pki: Pki
  readonly sealing: SealingKeys
  readonly health: NodeServices['health']
  readonly about: AboutNode
  readonly hostCounts: () => HostCounts
  readonly hookCounts: () => HookCounts
  readonly signerCounts: () => CryptoCounts
  readonly verifierCounts: () => CryptoCounts
  readonly linkCounts: () => ReadonlyMap<string, number>
}

const greetedIn = ({ sessions }: Core): number => {
  let greeted = 0
  for (const { greeting, closed } of sessions.all()) {
    if (greeting !== undefined && !closed) greeted++
  }
  return greeted
}

const countsOf = ({
  watched,
  feed,
  coordination,
  core,
  pki,
  ...parts
}: Parts): Omit<NodeCounts, 'people'> => ({
  refusedUplinks: core.refusals(),
  link: parts.linkCounts(),
  sessions: { connected: core.sessions.size, greeted: greetedIn(core) },
  commandsOrdered: watched.commands.ordered.all(),
  commandsEnded: watched.commands.ended.all(),
  host: parts.hostCounts(),
  hooks: parts.hookCounts(),
  core: core.counts(),
  signer: parts.signerCounts(),
  verifier: parts.verifierCounts(),
  about: parts.about,
  records: watched.counts(),
  feed: feed.counts(),
  coordination: coordination.counts(),
  audit: parts.audit.counts(),
  serverCertificate: pki.serverState(),
})

/** For how long it is watched; the core's own where nothing is said. */
export const watchFor = ({ watchDays }: NodeConfig): { readonly watchMs?: number } =>
  watchDays === undefined ? {} : { watchMs: watchDays * 24 * 3_600_000 }

export const nodeServices = (parts: Parts): NodeServices => {
  const { sealing } = parts
  const { config, machine, watched, feed, coordination, core, pki } = parts
  const decided = () => coordination.call('cases')
  const own = openPeople(config, { ...machine, ...watched, sealing, decided })
  const { records } = watched
  const scopes = createScopeSealing({ ...machine, records, keys: parts.sealing })
  const sealedWork = { ...machine, records, scopes, digest: nodePrimitives }
  return {
    records,
    scopes,
    documents: createDocumentService(sealedWork),
    merchantSide: createMerchantSide({
      ...sealedWork,
      nudgeCases: () => core.nudgeCases(),
      nudgeNotices: () => core.nudgeNotices(),
    }),
    events: feed,
    audit: parts.audit.service,
    commands: core.commands,
    people: own.people,
    approvals: own.approvals,
    cases: core.cases,
    evidence: createEvidence({
      ...machine,
      records,
      audit: parts.audit.service,
      terminalCas: () => pki.terminalCas,
    }),
    watch: createWatchService({ ...machine, records, ...watchFor(config) }),
    enrolment: pki.enrolment,
    sealing: parts.sealing,
    certificates: cuttingSessions(pki.certificates, core, coordination),
    presence: { online: (terminalIds) => coordination.online(terminalIds) },
    rates: { take: (question) => coordination.take(question) },
    ...machine,
    digest: nodePrimitives,
    log: config.log,
    get caPem() {
      return pki.serverRootPem()
    },
    counts: () => ({ ...countsOf(parts), people: own.counts() }),
    health: () => parts.health(),
  }
}
