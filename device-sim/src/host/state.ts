/**
 * What the host knows: its TIDs with their batches, calls and refused attempts. Only `apply.ts`
 * changes it, and only by a record that goes into the file as well; everybody else reads.
 */
import type { BatchTotals, HostRequestKind, ResponseCode, TidName } from './messages.js'

export type TidState = 'open' | 'blocked'
export type CallVerb = 'block' | 'unblock'

/** One sale that the host approved. It is never deleted; a reversal marks it. */
export interface SaleEntry {
  readonly kind: 'sale' | 'offline'
  readonly trace: number
  readonly amountMinor: number
  readonly currency: string
  readonly takenAtMs: number
  readonly acceptedAtMs: number
  readonly authCode: string
  /** `batchUpload`: the host had not heard of it before the batch was uploaded. */
  readonly source: 'online' | 'offlineUpload' | 'batchUpload'
  readonly reversedAtMs: number | undefined
}

export interface Settlement {
  readonly atMs: number
  readonly totals: BatchTotals
  /** `handover`: the TID went to another terminal with this batch open; a person has to look. */
  readonly how: 'totals' | 'batchUpload' | 'handover'
}

export interface UploadedRecord {
  readonly kind: 'sale' | 'offline'
  readonly trace: number
  readonly amountMinor: number
}

export interface Batch {
  readonly number: number
  readonly sn: string
  readonly openedAtMs: number
  readonly entries: Map<number, SaleEntry>
  /** Reversed before the sale was seen: a sale that comes late under such a trace is refused. */
  readonly deadTraces: Set<number>
  /** Set by a settlement that was answered 95, until the upload's end. */
  uploaded: UploadedRecord[] | undefined
  settlement: Settlement | undefined
}

export interface Call {
  readonly verb: CallVerb
  readonly callNumber: number
  readonly reason: string
  readonly atMs: number
}

/** A request to a blocked TID. A right MAC says that somebody still has the key (domain §10). */
export interface Attempt {
  readonly kind: HostRequestKind
  readonly sn: string
  readonly mac: 'right' | 'wrong' | 'none'
  readonly responseCode: ResponseCode
  readonly atMs: number
}

export interface TidRecord {
  readonly name: TidName
  sn: string
  state: TidState
  /** The highest seen; 0 before the first. */
  callNumber: number
  readonly calls: Call[]
  readonly attempts: Attempt[]
  attemptCount: number
  /** The working keys under the TMK, hex, from sign-on to sign-off. The file has no clear key. */
  field62: string | undefined
  lastBatchNumber: number
  open: Batch | undefined
  readonly settled: Batch[]
}

export interface HostState {
  readonly tids: Map<string, TidRecord>
  approvals: number
}

export const emptyState = (): HostState => ({ tids: new Map(), approvals: 0 })

/** None of the three may hold a slash. */
export const tidKey = ({ acquirerCode, mid, tid }: TidName): string =>
  `${acquirerCode}/${mid}/${tid}`

export const findBatch = (tid: TidRecord, number: number): Batch | undefined =>
  tid.open?.number === number ? tid.open : tid.settled.find((batch) => batch.number === number)

export const totalsOf = (entries: Iterable<SaleEntry>): BatchTotals => {
  let count = 0
  let amountMinor = 0
  for (const entry of entries) {
    if (entry.reversedAtMs !== undefined) continue
    count++
    amountMinor += entry.amountMinor
  }
  return { count, amountMinor }
}

export const sameTotals = (a: BatchTotals, b: BatchTotals): boolean =>
  a.count === b.count && a.amountMinor === b.amountMinor
