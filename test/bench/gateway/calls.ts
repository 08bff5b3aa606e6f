/** What the gateway's process answers. */
import type { Memory } from '../processes/usage.js'

/** What several gateways share. */
export interface SharedPlace {
  readonly nodeName: string
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly sealingKey: string
}

export interface GatewayPlace {
  readonly dataFolder: string
  /** 0: any free port. */
  readonly port: number
  /** A storm knocks with more than one address usually would. */
  readonly connectionsMax: number
  /** Left out: the ledger is sealed. */
  readonly isUnsealed?: true
  /** Its records are a file of its own where this is left out. */
  readonly shared?: SharedPlace
}

export interface OpenedGateway {
  readonly port: number
  readonly caPem: string
  /** For a bare TLS server that is to be compared with. */
  readonly serverTls: { readonly key: string; readonly cert: string }
}

export interface Applicant {
  readonly sn: string
  readonly csr: Uint8Array
}

export interface Papers {
  readonly sn: string
  readonly certificatePem: string
}

export interface FleetPapers {
  readonly caPem: string
  readonly offlineRoot: Uint8Array
  readonly signerList: Uint8Array
  readonly papers: readonly Papers[]
}

export type LoadKind = 'SelfTest' | 'Bind' | 'Unbind'

export interface Load {
  readonly kind: LoadKind
  readonly commands: number
  readonly inFlightMax: number
  /** Whom the commands go to, in turn; nobody has two at a time. */
  readonly sns: readonly string[]
}

export interface LoadFigures {
  readonly seconds: number
  /** From the order to its result being durable, in ms. */
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of all threads of the gateway's process. */
  readonly cpuSeconds: number
}

export interface GatewayCalls {
  open(place: GatewayPlace): Promise<OpenedGateway>
  enrol(applicants: readonly Applicant[]): Promise<FleetPapers>
  /** Terminals that were enrolled at another gateway. */
  meet(sns: readonly string[]): Promise<void>
  run(load: Load): Promise<LoadFigures>
  /** Commands that have not ended; there must be none between two runs. */
  openCommands(sns: readonly string[]): Promise<number>
  cpuSeconds(): number
  memory(): Promise<Memory>
  /** Open descriptors of the process; undefined where the machine does not tell. */
  descriptors(): number | undefined
  /** The median time of one fsync on the disk of the records, at the pace of lone commands. */
  fsyncMs(times: number): Promise<number>
  stop(): Promise<void>
}
