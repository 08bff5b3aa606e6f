/** The services of an open node, gathered from its parts. */
import { nodePrimitives } from '@tillgate/protocol/node'

import type { Core } from '../core/open-core.js'
import type { EventFeed } from '../core/ports/event-feed.js'
import type { Pki } from '../pki/index.js'
import type { NodeConfig } from './config.js'
import type { NodeCounts, Tallies } from './counts.js'
import { cuttingSessions } from './cutting-sessions.js'
import type { Machine } from './machine.js'
import type { NodeServices } from './services.js'
import type { WatchedRecords } from './watched-records.js'

interface Parts {
  readonly config: NodeConfig
  readonly machine: Machine
  readonly watched: WatchedRecords
  readonly feed: EventFeed
  readonly core: Core
  readonly pki: Pki
  readonly health: () => readonly string[]
  readonly hostCalls: Tallies
  readonly linkCounts: () => ReadonlyMap<string, number>
}

const greetedIn = ({ sessions }: Core): number => {
  let greeted = 0
  for (const { greeting, closed } of sessions.all()) {
    if (greeting !== undefined && !closed) greeted++
  }
  return greeted
}

const countsOf = ({ watched, feed, core, hostCalls, linkCounts }: Parts): NodeCounts => ({
  refusedUplinks: core.refusals(),
  link: linkCounts(),
  sessions: { connected: core.sessions.size, greeted: greetedIn(core) },
  commandsOrdered: watched.commands.ordered.all(),
  commandsEnded: watched.commands.ended.all(),
  hostCalls: hostCalls.all(),
  records: watched.counts(),
  feed: feed.counts(),
})

export const nodeServices = (parts: Parts): NodeServices => {
  const { config, machine, watched, feed, core, pki } = parts
  return {
    records: watched.records,
    events: feed,
    commands: core.commands,
    enrolment: pki.enrolment,
    certificates: cuttingSessions(pki.certificates, core),
    presence: { online: (terminalId) => core.sessions.greeted(terminalId) !== undefined },
    ...machine,
    digest: nodePrimitives,
    log: config.log,
    caPem: pki.ca.pem,
    counts: () => countsOf(parts),
    health() {
      const reasons = parts.health()
      return { ok: reasons.length === 0, reasons }
    },
  }
}
