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
export { makeIdentity, type HostIdentity } from './host/host-folder.js'
export type { HostOptions, RunningHost } from './host/start-host.js'
export type { Attempt, Call, SaleEntry, Settlement } from './host/state.js'
export { createSwitch, inProcessPort } from './host/switch.js'
export { memoryJournal } from './host/host-file.js'
export { emptyState } from './host/state.js'
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
export { answersTwice } from './behaviours/answers-twice.js'
export type { Behaviour, Hands, Look } from './behaviours/behaviour.js'
export { busyInSale, type BusyInSale } from './behaviours/busy-in-sale.js'
export { dropsFirstResult } from './behaviours/drops-first-result.js'
export {
  offlineSalesPending,
  type OfflineSalesPending,
} from './behaviours/offline-sales-pending.js'
export { rebootsMidCommand, type RebootsMidCommand } from './behaviours/reboots-mid-command.js'
export { dropsLine, type DropsLine } from './behaviours/drops-line.js'
export { duplicates, type Again, type Duplicates } from './behaviours/duplicates.js'
export { flashFull, type FlashFull } from './behaviours/flash-full.js'
export { halfOpen, type HalfOpen } from './behaviours/half-open.js'
export { lateDeliveries, type LateDeliveries } from './behaviours/late-deliveries.js'
export {
  lostAcknowledgements,
  type Acknowledgement,
  type LostAcknowledgements,
} from './behaviours/lost-acknowledgements.js'
export { lowBattery, type LowBattery } from './behaviours/low-battery.js'
export { nightlyPowerOff, type NightlyPowerOff } from './behaviours/nightly-power-off.js'
export { oldFirmware, type OldFirmware } from './behaviours/old-firmware.js'
export { pressesLater, type PressesLater } from './behaviours/presses-later.js'
export { rebootsDaily, type RebootsDaily } from './behaviours/reboots-daily.js'
export { reconnectsBadly } from './behaviours/reconnects-badly.js'
export { silentFirmware } from './behaviours/silent-firmware.js'
export { wrongClock, type WrongClock } from './behaviours/wrong-clock.js'
export { slowLink, type SlowLink } from './behaviours/slow-link.js'
export { unsettledBatch, type UnsettledBatch } from './behaviours/unsettled-batch.js'
export { makeCsr, csrToPem } from './enrol/csr.js'
export { enrol, EnrolmentFailed, fetchCa, isEnrolled, type EnrolOptions } from './enrol/enrol.js'
export { keepAliveAgent } from './enrol/https.js'
export { manufacture, manufactured, type Factory } from './enrol/manufacture.js'
export type * from './flash/contents.js'
export { dataAreas } from './flash/contents.js'
export { openFileFlash } from './flash/file-flash.js'
export type { Flash, FlashDone } from './flash/flash.js'
export { applyChanges, emptyImage, type FlashImage } from './flash/image.js'
export { createMemoryFlash, type MemoryFlash } from './flash/memory-flash.js'
export { readFlash } from './flash/read-flash.js'
export { nodeCrypto, withSharedKeys, type TerminalCrypto } from './runner/crypto.js'
export {
  RunningTerminal,
  startTerminal,
  type Observation,
  type TerminalOptions,
} from './runner/run-terminal.js'
export type { SaleEnd } from './runner/sales.js'
export type { Effect, Note } from './terminal/effect.js'
export type { Input, TimerName, World } from './terminal/input.js'
export { terminalLimits } from './terminal/limits.js'
export {
  defaultProfile,
  defaultReconnect,
  defaultTimings,
  quickTimings,
  type Profile,
  type Reconnect,
  type Timings,
} from './terminal/profile.js'
export { offState, trustedNow, type TerminalState } from './terminal/state.js'
export { step, type Step } from './terminal/step.js'
export { openTransport, type TransportChoice } from './transport/open-transport.js'
export { createTlsTransport, type TlsTransport } from './transport/tls-transport.js'
export type * from './transport/transport.js'
export { createWsTransport } from './transport/ws-transport.js'
export {
  createEnrolmentToken,
  orderCommand,
  registerTerminal,
  type ApiAccess,
  type CommandOrder,
} from './enrol/api-client.js'
export type { FleetCounts } from './fleet/counts.js'
export { Fleet, serialNumber, startFleet } from './fleet/fleet.js'
export type { BehavioursFor, FleetOptions } from './fleet/options.js'
export {
  behaviourNames,
  catalogue,
  type BehaviourName,
  type CatalogueEntry,
} from './fleet/catalogue.js'
export { hostPlace, noHost, type HostPlace } from './fleet/host-place.js'
export { domainShares, drawBehaviours, mixedBehaviours, type Shares } from './fleet/mix.js'
