/**
 * What a make of terminal is like: its firmware, what it knows, and how long things take. Given once;
 * the machine never changes it. Times are the simulator's assumptions, not facts from outside.
 */
import { commandTypeNames, type CommandTypeName } from '@tillgate/protocol'
import { terminalLimits } from './limits.js'

export interface Timings {
  readonly selfTestMs: number
  /** What takes longer than this is first answered with Accepted. */
  readonly acceptedAfterMs: number
  /** Card, PIN, and the customer. */
  readonly saleMs: number
  /** Totals, and the slip that is printed. */
  readonly settleMs: number
  readonly uploadMs: number
  readonly eraseSlotMs: number
  readonly eraseAreaMs: number
  readonly leaseMs: number
  /** Of a Ready that a person carries. */
  readonly offlineLeaseMs: number
  /** Hello is said again where no Welcome comes. */
  readonly welcomeMs: number
  readonly hostRetryMsMin: number
  readonly hostRetryMsMax: number
  readonly rebootMs: number
}

export interface Reconnect {
  readonly delayMsMin: number
  readonly delayMsMax: number
  /** Part of the delay, up and down. */
  readonly jitter: number
  /** A link that stood this long makes the next delay start small again. */
  readonly stableMs: number
}

export interface Profile {
  readonly firmware: string
  readonly model: string
  readonly capabilities: readonly CommandTypeName[]
  readonly currency: string
  /** Sends offline sales only when a settlement asks for them, not by itself. */
  readonly keepsOffline: boolean
  readonly timings: Timings
  readonly reconnect: Reconnect
}

export const defaultTimings: Timings = {
  selfTestMs: 40,
  acceptedAfterMs: 500,
  saleMs: 4_000,
  settleMs: 2_500,
  uploadMs: 800,
  eraseSlotMs: 120,
  eraseAreaMs: 60,
  leaseMs: 120_000,
  offlineLeaseMs: terminalLimits.offlineLeaseMs,
  welcomeMs: 10_000,
  hostRetryMsMin: 1_000,
  hostRetryMsMax: 30_000,
  rebootMs: 8_000,
}

/** HiveMQ's defaults (domain §8). */
export const defaultReconnect: Reconnect = {
  delayMsMin: 1_000,
  delayMsMax: 120_000,
  jitter: 0.25,
  stableMs: 20_000,
}

export const defaultProfile: Profile = {
  firmware: 'sim-1.0.0',
  model: 'SIM-P1',
  capabilities: commandTypeNames,
  currency: '156',
  keepsOffline: false,
  timings: defaultTimings,
  reconnect: defaultReconnect,
}

/** The same terminal, so much faster at its own work; lease and retries keep their length. */
export const quickTimings = (base: Timings, factor: number): Timings => ({
  ...base,
  selfTestMs: base.selfTestMs * factor,
  saleMs: base.saleMs * factor,
  settleMs: base.settleMs * factor,
  uploadMs: base.uploadMs * factor,
  eraseSlotMs: base.eraseSlotMs * factor,
  eraseAreaMs: base.eraseAreaMs * factor,
  rebootMs: base.rebootMs * factor,
})
