/** What a node is opened with. Parsed and frozen by whoever opens it; nothing here reads a variable. */
import type { RedisServers } from '../adapters/coordination/redis/servers.js'
import type { ListenerLimits } from '../adapters/link/listener/limits.js'
import type { ApprovalPolicy, BrakePolicy } from '../core/approvals/policy.js'
import type { LaneTiming } from '../core/lanes/plan-lane.js'
import type { CoreParts } from '../core/open-core.js'
import type { Broker } from '../core/ports/broker.js'
import type { Coordination } from '../core/ports/coordination.js'
import type { EventFeed } from '../core/ports/event-feed.js'
import type { Host } from '../core/ports/host.js'
import type { Registry } from '../core/ports/registry.js'
import type { Link } from '../core/ports/link.js'
import type { Log } from '../core/ports/log.js'
import type { Notices } from '../core/ports/notices.js'
import type { Records } from '../core/ports/records.js'
import type { Clock, DurationMs, Entropy, Ids, Timers } from '../core/ports/system.js'
import type { Trace } from '../core/ports/trace.js'
import type { CaConfig, ServerFiles, SignerConfig } from '../pki/index.js'
import type { BrokerConfig } from './open-broker-link.js'
import type { HookConfig, RegistryConfig } from './open-hooks.js'
import type { AuditConfig } from './open-node-audit.js'

export type HostAdapterConfig =
  | { readonly kind: 'recorder' }
  | {
      readonly kind: 'https'
      readonly url: string
      readonly token: string
      readonly caPem?: string
    }
  | ({ readonly kind: 'hook' } & HookConfig)

export interface NodeConfig {
  /** Unique among the nodes that share records; the machine's own name where left out. */
  readonly nodeName?: string
  /** SQLite in the data folder where left out. */
  readonly records?:
    { readonly kind: 'sqlite' } | { readonly kind: 'postgres'; readonly url: string }
  /** Alone where left out. */
  readonly coordination?:
    { readonly kind: 'in-process' } | { readonly kind: 'redis'; readonly servers: RedisServers }
  /** Records, where they are a file, sealing key and offline root lie here. */
  readonly dataFolder: string
  readonly log: Log
  /**
   * `none`: a node that holds no terminal; it serves people, and runs the loops. `broker`: the terminals
   * are connected to the MQTT broker that `broker` names.
   */
  readonly link?: 'listener' | 'broker' | 'none'
  readonly broker?: BrokerConfig
  readonly listener: {
    readonly host: string
    /** 0: any free port. */
    readonly mqttsPort: number
    readonly wssPort: number
    /** In the place of the listener's own, by name: `adapters/link/listener/limits.ts`. */
    readonly limits?: Partial<ListenerLimits>
  }
  /** What terminals are told, where it differs from what is listened on: a balancer in front. */
  readonly publicPorts?: { readonly mqtts?: number; readonly wss?: number }
  /** Names and addresses in the server certificate; terminals are told the first. */
  readonly publicHosts: readonly [string, ...string[]]
  /** PEM files in the place of a certificate that Tillgate's CA issues; read anew when they change. */
  readonly serverCertificate?: ServerFiles
  /** CAs that terminals are told to trust for servers, beside Tillgate's; PEM, one certificate each. */
  readonly serverCas?: readonly string[]
  /** 32 bytes as hex or base64; or a file with them; or neither: one is made in the data folder. */
  readonly sealingKey?: string
  readonly sealingKeyFile?: string
  /** Keys in force before, one a line: they open, and what lies under them is sealed anew. */
  readonly sealingKeysOldFile?: string
  /** The key that comes next, or that other nodes have already: it opens, and seals nothing. */
  readonly sealingKeyNextFile?: string
  readonly hostAdapter: HostAdapterConfig
  /** A recorder that answers yes where left out. */
  readonly registryHook?: RegistryConfig
  readonly noticesHook?: HookConfig
  readonly ca?: CaConfig
  readonly signers?: SignerConfig
  readonly offlineRootFile?: string
  readonly vendorCas?: readonly string[]
  /** Sealing of the ledger, and where its checkpoints go. */
  readonly audit?: AuditConfig
  readonly heartbeatS?: number
  /** The same on all nodes; `defaultApprovalPolicy` where left out. */
  readonly approvals?: Partial<ApprovalPolicy>
  /** `required`: no binding without what the registry wants to know of it; `optional` where left out. */
  readonly fiveElements?: 'required' | 'optional'
  /** How long attempts after a release raise an alarm; 90 days where left out. */
  readonly watchDays?: number
  /** How many terminals may be between Proceed and proof; `defaultBrakePolicy` where left out. */
  readonly brake?: Partial<BrakePolicy>
  readonly timing?: Partial<LaneTiming>
  readonly helloPatienceMs?: DurationMs
}

/** What may be put in the place of an adapter or a part: for tests and simulation. */
export interface NodeOverrides {
  readonly records?: Records
  readonly feed?: EventFeed
  readonly coordination?: Coordination
  readonly host?: Host
  readonly registry?: Registry
  readonly notices?: Notices
  readonly link?: Link
  readonly broker?: Broker
  readonly clock?: Clock
  readonly timers?: Timers
  readonly entropy?: Entropy
  readonly ids?: Ids
  readonly trace?: Trace
  readonly parts?: Partial<CoreParts>
}
