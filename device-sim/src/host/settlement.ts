/**
 * Settlement 0500 and batch upload 0320. Equal totals close the batch. Others are answered 95 with
 * the host's own; the terminal then uploads its whole batch, and the upload's end compares again:
 * what the host had not heard of is booked from the upload, and the batch closes if the totals now
 * agree. A sale that only the host knows keeps it open: the terminal reverses it, or a person decides.
 */
import { approve, authCodeOf, refuse } from './decision.js'
import type { Decision, SwitchInputs } from './decision.js'
import { hostLimits } from './limits.js'
import type { BatchUploadRequest, SettleRequest } from './messages.js'
import type { HostRecord } from './records.js'
import { findBatch, sameTotals, totalsOf } from './state.js'
import type { Batch, HostState, SaleEntry, TidRecord, UploadedRecord } from './state.js'

/** The answer to a settlement may have been lost: the same totals are agreed to again. */
const settledAlready = (batch: Batch, request: SettleRequest): Decision => {
  const totals = batch.settlement?.totals ?? totalsOf(batch.entries.values())
  return sameTotals(totals, request.totals)
    ? approve({ kind: 'settle', totals })
    : refuse('95', 'that batch was settled with other totals', { hostTotals: totals })
}

export const decideSettle = (
  tid: TidRecord,
  request: SettleRequest,
  inputs: SwitchInputs,
): Decision => {
  const { name } = tid
  const { batchNumber } = request
  const batch = findBatch(tid, batchNumber)
  if (batch === undefined) return refuse('77', 'the host has no such batch')
  if (batch !== tid.open) return settledAlready(batch, request)
  const totals = totalsOf(batch.entries.values())
  if (sameTotals(totals, request.totals)) {
    const settlement = { atMs: inputs.nowMs, totals, how: 'totals' } as const
    return approve({ kind: 'settle', totals }, [{ type: 'settled', name, batchNumber, settlement }])
  }
  const records = [
    { type: 'uploadOpened', name, batchNumber, claimed: request.totals },
  ] as const satisfies readonly HostRecord[]
  return refuse('95', 'totals differ: upload the batch', { hostTotals: totals, records })
}

const bookedFrom = (
  state: HostState,
  batch: Batch,
  uploaded: readonly UploadedRecord[],
  nowMs: number,
): SaleEntry[] => {
  const booked = new Map<number, SaleEntry>()
  for (const { kind, trace, amountMinor } of uploaded) {
    if (batch.entries.has(trace) || batch.deadTraces.has(trace) || booked.has(trace)) continue
    booked.set(trace, {
      kind,
      trace,
      amountMinor,
      currency: '156',
      takenAtMs: nowMs,
      acceptedAtMs: nowMs,
      authCode: authCodeOf(state.approvals + booked.size + 1),
      source: 'batchUpload',
      reversedAtMs: undefined,
    })
  }
  return [...booked.values()]
}

/** Each record that the terminal lists is one that stands here, and the other way round. */
const agrees = (entries: readonly SaleEntry[], uploaded: readonly UploadedRecord[]): boolean => {
  const standing = entries.filter((entry) => entry.reversedAtMs === undefined)
  const listed = new Map(uploaded.map((record) => [record.trace, record.amountMinor]))
  return (
    standing.length === listed.size &&
    standing.every((entry) => listed.get(entry.trace) === entry.amountMinor)
  )
}

const endUpload = (
  state: HostState,
  tid: TidRecord,
  batch: Batch,
  uploaded: readonly UploadedRecord[],
  nowMs: number,
): Decision => {
  const { name } = tid
  const batchNumber = batch.number
  const booked = bookedFrom(state, batch, uploaded, nowMs)
  const entries = [...batch.entries.values(), ...booked]
  const totals = totalsOf(entries)
  const records: HostRecord[] = booked.map((entry) => ({ type: 'sold', name, batchNumber, entry }))
  if (!agrees(entries, uploaded)) {
    records.push({ type: 'uploadEnded', name, batchNumber })
    return refuse('95', 'the host holds what the upload does not', { hostTotals: totals, records })
  }
  const settlement = { atMs: nowMs, totals, how: 'batchUpload' } as const
  records.push({ type: 'settled', name, batchNumber, settlement })
  return approve({ kind: 'batchUpload', received: uploaded.length, closed: true }, records)
}

export const decideBatchUpload = (
  state: HostState,
  tid: TidRecord,
  request: BatchUploadRequest,
  inputs: SwitchInputs,
): Decision => {
  const { batchNumber, records, last } = request
  const batch = findBatch(tid, batchNumber)
  if (batch === undefined) return refuse('77', 'the host has no such batch')
  if (batch !== tid.open) {
    const closed = batch.settlement?.how === 'batchUpload'
    return closed
      ? approve({ kind: 'batchUpload', received: batch.entries.size, closed: true })
      : refuse('12', 'that batch is settled')
  }
  if (batch.uploaded === undefined) return refuse('12', 'settle first: no upload was asked for')
  const uploaded = [...batch.uploaded, ...records]
  if (uploaded.length + batch.entries.size > 2 * hostLimits.entriesPerBatchMax) {
    return refuse('96', 'more records than a batch may hold')
  }
  if (last) return endUpload(state, tid, batch, uploaded, inputs.nowMs)
  const record = { type: 'uploaded', name: tid.name, batchNumber, records } as const
  return approve({ kind: 'batchUpload', received: uploaded.length, closed: false }, [record])
}
