/**
 * What the node and the live events have counted, as Prometheus metrics: read when somebody asks, kept
 * nowhere a second time. No label is ever a serial number, an id or a name that somebody chose.
 */
import { Counter, Gauge, type Registry } from 'prom-client'
import type { NodeCounts, Tally } from '@tillgate/gateway'

import type { LiveCounts } from '../live/live-sockets.js'
import type { ApiServices } from '../services.js'

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

interface Described {
  readonly name: string
  readonly help: string
  readonly labelNames?: readonly string[]
  readonly samples: () => Iterable<Sample>
}

const tallied =
  (tallies: () => readonly Tally[], ...names: readonly string[]): (() => Iterable<Sample>) =>
  () =>
    tallies().map(({ names: values, count }) => [
      Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])),
      count,
    ])

const mapped =
  (counts: () => ReadonlyMap<string | number, number>, name: string): (() => Iterable<Sample>) =>
  () =>
    [...counts()].map(([value, count]) => [{ [name]: String(value) }, count])

const one =
  (value: () => number): (() => Iterable<Sample>) =>
  () => [[{}, value()]]

const addCounter = (registry: Registry, { name, help, labelNames = [], samples }: Described) =>
  new Counter({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      this.reset()
      for (const [labels, value] of samples()) this.inc(labels, value)
    },
  })

const addGauge = (registry: Registry, { name, help, labelNames = [], samples }: Described) =>
  new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      this.reset()
      for (const [labels, value] of samples()) this.set(labels, value)
    },
  })

interface Counted {
  readonly node: () => NodeCounts
  readonly live: () => LiveCounts & { readonly waiting: number }
  readonly health: ApiServices['health']
}

const workCounters = ({ node }: Counted): readonly Described[] => [
  {
    name: 'tillgate_commands_ordered_total',
    help: 'Commands whose order is durable',
    labelNames: ['type'],
    samples: tallied(() => node().commandsOrdered, 'type'),
  },
  {
    name: 'tillgate_commands_ended_total',
    help: 'Commands that have ended and whose outcome is known',
    labelNames: ['type', 'state'],
    samples: tallied(() => node().commandsEnded, 'type', 'state'),
  },
  {
    name: 'tillgate_uplinks_refused_total',
    help: 'Uplinks of terminals that were refused',
    labelNames: ['code'],
    samples: mapped(() => node().refusedUplinks, 'code'),
  },
  {
    name: 'tillgate_link_total',
    help: 'What the listener counts at its door',
    labelNames: ['event'],
    samples: mapped(() => node().link, 'event'),
  },
  {
    name: 'tillgate_host_calls_total',
    help: "Calls to the acquirer's host, by what it answered",
    labelNames: ['verb', 'answer'],
    samples: tallied(() => node().host.calls, 'verb', 'answer'),
  },
  {
    name: 'tillgate_records_operations_total',
    help: 'Operations on the records, by how they were answered',
    labelNames: ['outcome'],
    samples: tallied(() => node().records.answered, 'outcome'),
  },
  {
    name: 'tillgate_records_groups_total',
    help: 'Groups in which the records answered operations; operations by groups is how large one is',
    samples: () => {
      const { groups } = node().records
      return groups === undefined ? [] : [[{}, groups]]
    },
  },
  {
    name: 'tillgate_messages_sent_total',
    help: 'Messages to terminals about commands, and those that were said again in one session',
    labelNames: ['kind', 'again'],
    samples: () =>
      node().core.sent.map(({ kind, again, count }) => [{ kind, again: String(again) }, count]),
  },
]

const hookCounters = ({ node }: Counted): readonly Described[] => [
  {
    name: 'tillgate_hook_calls_total',
    help: "Calls into the acquirer's systems: answered, unavailable, or not tried at all",
    labelNames: ['target', 'outcome'],
    samples: tallied(() => node().hooks.calls, 'target', 'outcome'),
  },
  {
    name: 'tillgate_hook_retries_total',
    help: 'Attempts after the first of a call',
    labelNames: ['target'],
    samples: mapped(() => node().hooks.retries, 'target'),
  },
]

const circuitValues = { closed: 0, 'half-open': 0.5, open: 1 } as const

const hookGauges = ({ node }: Counted): readonly Described[] => [
  {
    name: 'tillgate_hook_circuit',
    help: '0 where the target is asked, 1 where it is not for a while, 0.5 where one probe decides',
    labelNames: ['target'],
    samples: () =>
      [...node().hooks.circuits].map(([target, state]) => [{ target }, circuitValues[state]]),
  },
]

/** Nothing where there is no value. */
const some =
  (value: () => number | undefined): (() => Iterable<Sample>) =>
  () => {
    const found = value()
    return found === undefined ? [] : [[{}, found]]
  }

const seconds = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : ms / 1_000

const auditCounters = ({ node }: Counted): readonly Described[] => [
  {
    name: 'tillgate_audit_missing_lines_total',
    help: 'Lines of the ledger that were gone before they were sealed',
    samples: one(() => node().audit.missing),
  },
  {
    name: 'tillgate_audit_checkpoints_total',
    help: 'Checkpoints sent outside, and tries that failed',
    labelNames: ['to', 'outcome'],
    samples: () =>
      [...node().audit.outlets].flatMap(([to, { sent, failed }]): Sample[] => [
        [{ to, outcome: 'sent' }, sent],
        [{ to, outcome: 'failed' }, failed],
      ]),
  },
]

const auditGauges = ({ node }: Counted): readonly Described[] => [
  {
    name: 'tillgate_audit_entries',
    help: 'Entries of the tree that seals the ledger, on the node that seals',
    samples: some(() => node().audit.entries),
  },
  {
    name: 'tillgate_audit_waiting_lines',
    help: 'Lines of the ledger that were not sealed when this node last looked',
    samples: one(() => node().audit.waiting),
  },
  {
    name: 'tillgate_audit_behind_seconds',
    help: 'Since the node that seals was last at the end of the ledger',
    samples: some(() => seconds(node().audit.behindMs)),
  },
  {
    name: 'tillgate_audit_checkpoint_behind_seconds',
    help: 'For how long the newest checkpoint has not gone out',
    labelNames: ['to'],
    samples: () =>
      [...node().audit.outlets].map(([to, { behindMs }]) => [{ to }, behindMs / 1_000]),
  },
]

const feedCounters = ({ node, live }: Counted): readonly Described[] => [
  {
    name: 'tillgate_break_glass_total',
    help: 'Requests that one person has decided alone.',
    samples: one(() => node().people.breakGlass),
  },
  {
    name: 'tillgate_feed_catch_up_reads_total',
    help: 'Reads of old events for followers that were behind',
    samples: one(() => node().feed.catchUpReads),
  },
  {
    name: 'tillgate_notices_total',
    help: 'Hints between nodes: sent, received, dropped; missed counts the times everything was looked at',
    labelNames: ['event'],
    samples: () => {
      const { noticesSent, noticesReceived, noticesDropped, missed } = node().coordination
      return [
        [{ event: 'sent' }, noticesSent],
        [{ event: 'received' }, noticesReceived],
        [{ event: 'dropped' }, noticesDropped],
        [{ event: 'missed' }, missed],
      ]
    },
  },
  {
    name: 'tillgate_live_sockets_opened_total',
    help: 'Live sockets that were served',
    samples: one(() => live().opened),
  },
  {
    name: 'tillgate_live_sockets_closed_total',
    help: 'Live sockets that have ended, by close code; 0 is any other',
    labelNames: ['code'],
    samples: mapped(() => live().closed, 'code'),
  },
  {
    name: 'tillgate_live_events_sent_total',
    help: 'Events sent to live sockets',
    samples: one(() => live().eventsSent),
  },
]

const certificateGauges = (node: Counted['node']): readonly Described[] => [
  {
    name: 'tillgate_server_certificate_end_timestamp_seconds',
    help: 'When the certificate ends that this node shows, as Unix time',
    samples: () => {
      const { endsAtMs } = node().serverCertificate
      return endsAtMs === undefined ? [] : [[{}, endsAtMs / 1_000]]
    },
  },
  {
    name: 'tillgate_server_certificate_current',
    help: '0 where the files hold a server certificate that can not be shown; 1 otherwise',
    samples: one(() => (node().serverCertificate.current ? 1 : 0)),
  },
]

const gaugesOf = ({ node, live, health }: Counted): readonly Described[] => [
  {
    name: 'tillgate_up',
    help: '1 where the node can do its work: as /readyz, but for draining',
    samples: one(() => (health().ok ? 1 : 0)),
  },
  {
    name: 'tillgate_sessions',
    help: 'Terminals connected to this node, and those of them that have said Hello',
    labelNames: ['state'],
    samples: () => {
      const { connected, greeted } = node().sessions
      return [
        [{ state: 'connected' }, connected],
        [{ state: 'greeted' }, greeted],
      ]
    },
  },
  {
    name: 'tillgate_coordination_up',
    help: '1 where what coordinates the nodes can be reached; 1 on a node that is alone',
    samples: one(() => (node().coordination.reachable ? 1 : 0)),
  },
  {
    name: 'tillgate_records_waiting',
    help: 'Operations submitted to the records and not answered',
    samples: one(() => node().records.waiting),
  },
  ...certificateGauges(node),
  {
    name: 'tillgate_info',
    help: 'What this node is: always 1',
    labelNames: ['node', 'version', 'records', 'coordination', 'link'],
    samples: () => {
      const { name, ...about } = node().about
      return [[{ node: name, ...about }, 1]]
    },
  },
  {
    name: 'tillgate_commands_in_flight',
    help: 'Commands of terminals connected here that were sent something and have not ended',
    samples: one(() => node().core.inFlight),
  },
  {
    name: 'tillgate_crypto_waiting',
    help: 'Bodies that wait for a signature, and checks of signatures that wait for their answer',
    labelNames: ['for'],
    samples: () => [
      [{ for: 'signer' }, node().core.signaturesWaiting],
      [{ for: 'verifier' }, node().verifier.waiting],
    ],
  },
  {
    name: 'tillgate_lease_held',
    help: '1 where this node runs the loop of that name; one node is enough for it',
    labelNames: ['lease'],
    samples: () => [...node().core.leases].map(([lease, held]) => [{ lease }, held ? 1 : 0]),
  },
  {
    name: 'tillgate_reader_behind_seconds',
    help: 'Since a reader that this node runs was last at the end of the ledger',
    labelNames: ['reader'],
    samples: () => [...node().core.readersBehindMs].map(([reader, ms]) => [{ reader }, ms / 1_000]),
  },
  {
    name: 'tillgate_live_sockets',
    help: 'Live sockets now; waiting ones have not said their token',
    labelNames: ['state'],
    samples: () => {
      const { open, waiting } = live()
      return [
        [{ state: 'open' }, open],
        [{ state: 'waiting' }, waiting],
      ]
    },
  },
  {
    name: 'tillgate_live_lag_events',
    help: 'How many events the live socket that is furthest behind is behind',
    samples: one(() => live().lag),
  },
]

export const addNodeMetrics = (registry: Registry, counted: Counted): void => {
  const counters = [workCounters, hookCounters, feedCounters, auditCounters].flatMap((of) =>
    of(counted),
  )
  for (const described of counters) addCounter(registry, described)
  const gauges = [gaugesOf, hookGauges, auditGauges].flatMap((of) => of(counted))
  for (const described of gauges) addGauge(registry, described)
}
