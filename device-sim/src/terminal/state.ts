/**
 * The terminal's state: its flash, and what it holds in memory since this boot. A power loss leaves
 * the flash alone; `offState` is all that is there before the next boot.
 */
import type {
  AgreementKey,
  ErrorCode,
  Phase,
  PrivateKeyHandle,
  PublicKeyHandle,
  SignerList,
  UplinkKind,
} from '@tillgate/protocol'
import type { FlashImage } from '../flash/image.js'
import type { HostRequest } from '../host/messages.js'
import { terminalLimits } from './limits.js'
import type { Profile } from './profile.js'

export interface Boot {
  readonly bootId: Uint8Array
  readonly secret: Uint8Array
  /** How often chance was drawn from the secret. */
  readonly draws: number
  readonly atMs: number
}

export interface Session {
  readonly link: 'off' | 'connecting' | 'up'
  /** Drawn before CONNECT; the will carries it, Hello repeats it. */
  readonly nonce: Uint8Array | undefined
  /** The latest Hello, still without its Welcome. */
  readonly hello: SaidHello | undefined
  readonly open: OpenSession | undefined
  readonly failedConnects: number
  readonly upSinceMs: number
  /** When the last Hello was said; undefined: none on this link. */
  readonly helloAtMs: number | undefined
}

export interface SaidHello {
  readonly hash: Uint8Array
  readonly agreement: AgreementKey
}

export interface OpenSession {
  readonly id: Uint8Array
  readonly key: Uint8Array
  /** Of the last MAC. */
  readonly counter: number
  readonly heartbeatMs: number
}

export interface Trust {
  readonly root: PublicKeyHandle
  readonly list: SignerList
  /** Imported once, by kid in hex. */
  readonly keys: ReadonlyMap<string, PublicKeyHandle>
}

/** An uplink that ends with its PUBACK. */
export interface Waiting {
  readonly token: number
  readonly says: UplinkKind
  readonly commandId: Uint8Array | undefined
  readonly body: Uint8Array
  /** Signed once and sent as it is; undefined: authenticated anew under each session. */
  readonly signed: Uint8Array | undefined
}

export type ErrandKind =
  'signOn' | 'sale' | 'reversal' | 'offlineUpload' | 'settle' | 'batchUpload' | 'signOff' | 'upload'

/** One thing at a time between till and host: first its own work, then the question. */
export interface Errand {
  readonly kind: ErrandKind
  readonly stage: 'working' | 'asked'
  readonly requestId: number
  readonly request: HostRequest | undefined
  /** Records of the batch already uploaded. */
  readonly offset: number
}

export interface PendingSale {
  readonly saleId: number
  readonly amountMinor: number
}

export interface Lease {
  readonly nonce: Uint8Array
  readonly endsMs: number
}

/** What a prepare settled and sent, per area. */
export type Settled = Readonly<Record<'batch' | 'offline' | 'reversal' | 'slip', Tally>>
export interface Tally {
  readonly records: number
  readonly amountMinor: number
}

/** The first phase of a destructive command. In memory only: a reboot ends it. */
export interface Preparation {
  /** Journal key; undefined: begun from the menu, and no Command has come yet. */
  readonly key: string | undefined
  /** Begun from the menu, without a network: what it says is shown as frames. */
  readonly isOffline: boolean
  readonly phase: Extract<Phase, 'QUIESCING' | 'FLUSHING' | 'SETTLING' | 'UPLOADING' | 'PREPARED'>
  readonly deadlineMs: number
  readonly settled: Settled
  readonly uploaded: boolean
  /** The erase after a forced close: nothing is sent, and what is left is named and erased (rule 9). */
  readonly withoutSettlement: boolean
  /** The host did not answer the last time it was asked. */
  readonly hostSilent: boolean
  readonly lease: Lease | undefined
}

export interface HostMood {
  /** Sign-ons since an errand last went well: a fresh one that does not help is a refusal. */
  readonly signOns: number
  readonly failures: number
  /** Waiting for the retry timer. */
  readonly resting: boolean
}

export interface TerminalState {
  readonly sn: string
  readonly profile: Profile
  readonly flash: FlashImage
  /** Undefined: no power. */
  readonly boot: Boot | undefined
  readonly identity: PrivateKeyHandle | undefined
  readonly trust: Trust | undefined
  /** Set by a Welcome of this boot, and by nothing else. */
  readonly clock: { readonly timeMs: number; readonly setAtMs: number } | undefined
  readonly uplinkSeq: number
  readonly lastToken: number
  readonly session: Session
  readonly outbox: readonly Waiting[]
  readonly errand: Errand | undefined
  readonly lastRequestId: number
  readonly host: HostMood
  readonly sale: PendingSale | undefined
  /** The merchant wants the day closed. */
  readonly settlementAsked: boolean
  readonly preparation: Preparation | undefined
  readonly alarmedAtMs: ReadonlyMap<ErrorCode, number>
  /** What was refused before it was even authenticated, by code. */
  readonly denied: ReadonlyMap<ErrorCode, number>
  readonly batteryPercent: number
  readonly flashFull: boolean
  /** The key slots as a SelfTest of this boot found them good: unchanged, they still are. */
  readonly goodSlots: FlashImage['areas']['slots'] | undefined
}

export const offSession: Session = {
  link: 'off',
  nonce: undefined,
  hello: undefined,
  open: undefined,
  failedConnects: 0,
  upSinceMs: 0,
  helloAtMs: undefined,
}

export const offState = (sn: string, profile: Profile, flash: FlashImage): TerminalState => ({
  sn,
  profile,
  flash,
  boot: undefined,
  identity: undefined,
  trust: undefined,
  clock: undefined,
  uplinkSeq: 0,
  lastToken: 0,
  session: offSession,
  outbox: [],
  errand: undefined,
  lastRequestId: 0,
  host: { signOns: 0, failures: 0, resting: false },
  sale: undefined,
  settlementAsked: false,
  preparation: undefined,
  alarmedAtMs: new Map(),
  denied: new Map(),
  batteryPercent: terminalLimits.onMains,
  flashFull: false,
  goodSlots: undefined,
})

export const isBound = (state: TerminalState): boolean => state.flash.cells.binding !== undefined

export const isErasing = (state: TerminalState): boolean => state.flash.cells.erasure !== undefined

/** Trusted time; undefined while no Welcome has set it. */
export const trustedNow = (state: TerminalState, nowMs: number): number | undefined =>
  state.clock === undefined ? undefined : state.clock.timeMs + (nowMs - state.clock.setAtMs)
