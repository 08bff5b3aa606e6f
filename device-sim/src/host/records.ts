/**
 * The host's records: each says one thing that happened, and the file is nothing but these in a row.
 * A snapshot is written in the same form (`tidSnapshot`, `batchSnapshot`), so loading has one way.
 */
import type { BatchTotals, TidName } from './messages.js'
import type {
  Attempt,
  Batch,
  Call,
  HostState,
  SaleEntry,
  Settlement,
  TidState,
  UploadedRecord,
} from './state.js'

interface OfTid {
  readonly name: TidName
}

interface OfBatch extends OfTid {
  readonly batchNumber: number
}

export interface BatchSnapshot {
  readonly number: number
  readonly sn: string
  readonly openedAtMs: number
  readonly entries: readonly SaleEntry[]
  readonly deadTraces: readonly number[]
  readonly uploaded?: readonly UploadedRecord[] | undefined
  readonly settlement?: Settlement | undefined
}

export type HostRecord =
  | (OfTid & { readonly type: 'registered'; readonly sn: string; readonly atMs: number })
  | (OfTid & { readonly type: 'called'; readonly call: Call })
  | (OfTid & { readonly type: 'attempted'; readonly attempt: Attempt })
  | (OfBatch & { readonly type: 'signedOn'; readonly field62: string; readonly atMs: number })
  | (OfBatch & { readonly type: 'sold'; readonly entry: SaleEntry })
  | (OfBatch & { readonly type: 'reversed'; readonly trace: number; readonly atMs: number })
  | (OfBatch & { readonly type: 'uploadOpened'; readonly claimed: BatchTotals })
  | (OfBatch & { readonly type: 'uploaded'; readonly records: readonly UploadedRecord[] })
  | (OfBatch & { readonly type: 'uploadEnded' })
  | (OfBatch & { readonly type: 'settled'; readonly settlement: Settlement })
  | (OfTid & { readonly type: 'signedOff'; readonly atMs: number })
  | (OfTid & {
      readonly type: 'tidSnapshot'
      readonly sn: string
      readonly state: TidState
      readonly callNumber: number
      readonly calls: readonly Call[]
      readonly attempts: readonly Attempt[]
      readonly attemptCount: number
      readonly field62?: string | undefined
      readonly lastBatchNumber: number
    })
  | (OfTid & { readonly type: 'batchSnapshot'; readonly batch: BatchSnapshot })
  | { readonly type: 'countSnapshot'; readonly approvals: number }

const batchSnapshot = (batch: Batch): BatchSnapshot => ({
  number: batch.number,
  sn: batch.sn,
  openedAtMs: batch.openedAtMs,
  entries: [...batch.entries.values()],
  deadTraces: [...batch.deadTraces],
  uploaded: batch.uploaded === undefined ? undefined : [...batch.uploaded],
  settlement: batch.settlement,
})

/** The state as records: applied to an empty state, they give this one again. Shares no list with it. */
export const snapshotRecords = (state: HostState): HostRecord[] => {
  const records: HostRecord[] = [{ type: 'countSnapshot', approvals: state.approvals }]
  for (const tid of state.tids.values()) {
    const { name, sn, callNumber, calls, attempts, attemptCount, field62, lastBatchNumber } = tid
    records.push({
      type: 'tidSnapshot',
      name,
      sn,
      state: tid.state,
      callNumber,
      calls: [...calls],
      attempts: [...attempts],
      attemptCount,
      field62,
      lastBatchNumber,
    })
    const batches = tid.open === undefined ? tid.settled : [...tid.settled, tid.open]
    for (const batch of batches) {
      records.push({ type: 'batchSnapshot', name, batch: batchSnapshot(batch) })
    }
  }
  return records
}
