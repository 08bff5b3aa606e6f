/**
 * What the host holds, for reading: plain values that can be printed, sent and compared. This is
 * how a test or the demo counts what the host accepted, from the running host or from its file.
 */
import type { BatchTotals, TidName } from './messages.js'
import { totalsOf } from './state.js'
import type {
  Attempt,
  Batch,
  Call,
  HostState,
  SaleEntry,
  Settlement,
  TidRecord,
  TidState,
} from './state.js'

export interface BatchLedger {
  readonly number: number
  readonly sn: string
  readonly openedAtMs: number
  readonly entries: readonly SaleEntry[]
  readonly totals: BatchTotals
  readonly settlement: Settlement | undefined
}

export interface TidLedger {
  readonly name: TidName
  readonly sn: string
  readonly state: TidState
  readonly callNumber: number
  readonly isSignedOn: boolean
  /** Oldest first; the last one may still be open. */
  readonly batches: readonly BatchLedger[]
  readonly calls: readonly Call[]
  /** Requests that met a blocked TID: the last of them, and how many there ever were. */
  readonly attempts: readonly Attempt[]
  readonly attemptCount: number
}

export interface HostTotals {
  readonly tids: number
  readonly blocked: number
  /** Accepted and not reversed. */
  readonly sales: BatchTotals
  readonly reversed: number
  readonly settledBatches: number
  /** Open batches with something in them. */
  readonly unsettledBatches: number
}

const batchLedger = (batch: Batch): BatchLedger => ({
  number: batch.number,
  sn: batch.sn,
  openedAtMs: batch.openedAtMs,
  entries: [...batch.entries.values()],
  totals: totalsOf(batch.entries.values()),
  settlement: batch.settlement,
})

const batchesOf = (tid: TidRecord): readonly Batch[] =>
  tid.open === undefined ? tid.settled : [...tid.settled, tid.open]

export const ledgerOf = (tid: TidRecord): TidLedger => ({
  name: tid.name,
  sn: tid.sn,
  state: tid.state,
  callNumber: tid.callNumber,
  isSignedOn: tid.field62 !== undefined,
  batches: batchesOf(tid).map(batchLedger),
  calls: [...tid.calls],
  attempts: [...tid.attempts],
  attemptCount: tid.attemptCount,
})

export const hostTotals = (state: HostState): HostTotals => {
  let [blocked, count, amountMinor, reversed, settledBatches, unsettledBatches] = [0, 0, 0, 0, 0, 0]
  for (const tid of state.tids.values()) {
    if (tid.state === 'blocked') blocked++
    settledBatches += tid.settled.length
    if (tid.open !== undefined && tid.open.entries.size > 0) unsettledBatches++
    for (const batch of batchesOf(tid)) {
      const totals = totalsOf(batch.entries.values())
      count += totals.count
      amountMinor += totals.amountMinor
      reversed += batch.entries.size - totals.count
    }
  }
  const sales = { count, amountMinor }
  return { tids: state.tids.size, blocked, sales, reversed, settledBatches, unsettledBatches }
}
