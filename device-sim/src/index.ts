/**
 * The public door of the simulator: the acquirer's host, and what a test or the demo needs to talk
 * to it. The simulator stands beside the product and never imports the gateway.
 */
export { createHostClient } from './host/host-client.js'
export type { HostClient, HostClientOptions } from './host/host-client.js'
export { HostFileError, hostFileName, readHostFile } from './host/host-file.js'
export type { LoadedHostFile } from './host/host-file.js'
export type { FaultPlan, Faults } from './host/faults.js'
export { hostTotals, ledgerOf } from './host/ledger.js'
export type { BatchLedger, HostTotals, TidLedger } from './host/ledger.js'
export { hostLimits } from './host/limits.js'
export { isMacRight, macOf, withMac } from './host/mac.js'
export { isReversed, needsSignOn, responseCodes } from './host/messages.js'
export type * from './host/messages.js'
export { PlainTill } from './host/plain-till.js'
export type { PlainTillOptions, TillAnswer } from './host/plain-till.js'
export { startHost } from './host/start-host.js'
export type { HostOptions, RunningHost } from './host/start-host.js'
export type { Attempt, Call, SaleEntry, Settlement } from './host/state.js'
export { createSwitch, inProcessPort } from './host/switch.js'
export type { Switch, SwitchOptions } from './host/switch.js'
export { trySale } from './host/try-sale.js'
export type { SaleTrial, TrialResult } from './host/try-sale.js'
export {
  checkValueOf,
  manufactureKeyOf,
  terminalMasterKey,
  unwrapWorkingKeys,
} from './host/working-keys.js'
export type { UnwrappedKeys, WorkingKey, WorkingKeys } from './host/working-keys.js'
export { createManualTime } from './system/manual-time.js'
export type { ManualTime } from './system/manual-time.js'
export { createPrng } from './system/prng.js'
export type { Prng } from './system/prng.js'
export { systemClock, systemEntropy, systemTimers } from './system/system.js'
export type { Clock, DurationMs, Entropy, EpochMs, TimerHandle, Timers } from './system/system.js'
