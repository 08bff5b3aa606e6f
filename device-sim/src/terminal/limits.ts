/** Every limit of the virtual terminal, by name, units last. */
import { wireLimits } from '@tillgate/protocol'

export const terminalLimits = {
  journalClosedEntriesMax: wireLimits.journalCommandsMin,
  evidenceKeptMax: 128,
  alarmsKeptMax: 16,
  /** One alarm per code in this time; the rest is counted. */
  alarmIntervalMs: 60_000,
  outboxMax: 64,
  uplinkBlock: 1_024,
  traceMax: 999_999,
  batchEntriesMax: 500,
  /** A vendor's default cap (domain §1.5). */
  offlineSalesMax: 500,
  logRecordsMax: 100,
  receiptsMax: 50,
  slipsMax: 600,
  cacheRecordsMax: 20,
  amountMinorMax: 999_999_999_999,
  /** A working key that comes wrong, a host that refuses the fresh sign-on. */
  signOnsPerErrandMax: 2,
  /** How long an OfflineReady may stand (protocol §9a). */
  offlineLeaseMs: 1_800_000,
  /** How long a prepare from the menu may take. */
  offlinePrepareMs: 600_000,
  batteryPercentMin: 30,
  onMains: 101,
} as const
