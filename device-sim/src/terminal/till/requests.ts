/**
 * Requests to the host, composed from the flash. A trace number names one transaction: a repetition
 * of the same reversal, upload or settlement carries the same content, so that the host can tell.
 */
import type { BatchEntry, FlashChange, SaleRecord } from '../../flash/contents.js'
import { hostLimits } from '../../host/limits.js'
import { withMac } from '../../host/mac.js'
import type {
  BatchRecord,
  BatchTotals,
  HostRequest,
  TidName,
  Unmaced,
} from '../../host/messages.js'
import { keyIn } from '../keys/slots.js'
import { terminalLimits } from '../limits.js'
import { trustedNow, type ErrandKind } from '../state.js'
import type { Turn } from '../turn.js'

export interface Asking {
  readonly request: HostRequest
  readonly changes: readonly FlashChange[]
}

const param = (turn: Turn, name: string): string => turn.flash.areas.params.get(name)?.text ?? ''

export const tidOf = (turn: Turn): TidName => ({
  acquirerCode: param(turn, 'acquirerCode'),
  mid: param(turn, 'mid'),
  tid: param(turn, 'tid'),
})

/** Field 11, 1 to 999999, then from 1 again. */
export const nextTrace = (turn: Turn): { trace: number; change: FlashChange } => {
  const trace = ((turn.flash.cells.trace ?? 0) % terminalLimits.traceMax) + 1
  return { trace, change: { cell: 'trace', value: trace } }
}

export const saleRecord = (turn: Turn, trace: number, amountMinor: number): SaleRecord => ({
  trace,
  batchNumber: turn.flash.cells.batchHead?.number ?? 0,
  amountMinor,
  currency: turn.state.profile.currency,
  takenAtMs: Math.floor(trustedNow(turn.state, turn.world.nowMs) ?? turn.world.rtcMs),
})

export const firstOf = <T>(records: ReadonlyMap<string, T>): T => {
  for (const record of records.values()) return record
  throw new Error('terminal: an errand without a record')
}

/** The batch to settle: one that a former sign-on left behind comes first. */
export const entriesToSettle = (
  turn: Turn,
): { readonly batchNumber: number; readonly entries: readonly BatchEntry[] } => {
  const all = [...turn.flash.areas.batch.values()]
  const head = turn.flash.cells.batchHead?.number ?? 0
  const batchNumber = all.reduce((lowest, entry) => Math.min(lowest, entry.batchNumber), head)
  return { batchNumber, entries: all.filter((entry) => entry.batchNumber === batchNumber) }
}

const totalsOf = (entries: readonly BatchEntry[]): BatchTotals => ({
  count: entries.length,
  amountMinor: entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
})

/** The MAC key of the last sign-on. */
const macKey = (turn: Turn): Uint8Array => {
  const key = keyIn(turn.world.primitives, turn.flash, 'MAK')
  if (key === undefined) throw new Error('terminal: an errand that needs a key without one')
  return key
}

const sealed = (turn: Turn, request: Unmaced): HostRequest =>
  withMac(turn.world.primitives, macKey(turn), request) as HostRequest

const askSale = (turn: Turn): Asking => {
  const { sale } = turn.state
  if (sale === undefined) throw new Error('terminal: no sale to ask for')
  const { trace, change } = nextTrace(turn)
  const record = saleRecord(turn, trace, sale.amountMinor)
  const request = sealed(turn, { kind: 'sale', ...tidOf(turn), sn: turn.state.sn, ...record })
  // If no answer comes, this sale is taken back: whether it took place can't be known.
  const pending: FlashChange = { area: 'reversal', id: String(trace), value: record }
  return { request, changes: [change, pending] }
}

const askSettle = (turn: Turn): Asking => {
  const { trace, change } = nextTrace(turn)
  const { batchNumber, entries } = entriesToSettle(turn)
  const { sn } = turn.state
  const totals = totalsOf(entries)
  const head = { ...tidOf(turn), sn, trace, batchNumber }
  return { request: sealed(turn, { kind: 'settle', ...head, totals }), changes: [change] }
}

const askBatchUpload = (turn: Turn, offset: number): Asking => {
  const { trace, change } = nextTrace(turn)
  const { batchNumber, entries } = entriesToSettle(turn)
  const end = offset + hostLimits.batchRecordsPerUploadMax
  const records = entries
    .slice(offset, end)
    .map(({ kind, trace: of, amountMinor }): BatchRecord => ({ kind, trace: of, amountMinor }))
  const head = { ...tidOf(turn), sn: turn.state.sn, trace, batchNumber }
  const last = end >= entries.length
  return {
    request: sealed(turn, { kind: 'batchUpload', ...head, records, last }),
    changes: [change],
  }
}

export const requestFor = (
  turn: Turn,
  kind: Exclude<ErrandKind, 'upload'>,
  offset: number,
): Asking => {
  const { sn } = turn.state
  const { areas } = turn.flash
  switch (kind) {
    case 'signOn': {
      const { trace, change } = nextTrace(turn)
      return { request: { kind, ...tidOf(turn), sn, trace }, changes: [change] }
    }
    case 'sale':
      return askSale(turn)
    case 'reversal':
      return {
        request: sealed(turn, { kind, ...tidOf(turn), sn, ...firstOf(areas.reversal) }),
        changes: [],
      }
    case 'offlineUpload':
      return {
        request: sealed(turn, { kind, ...tidOf(turn), sn, ...firstOf(areas.offline) }),
        changes: [],
      }
    case 'settle':
      return askSettle(turn)
    case 'batchUpload':
      return askBatchUpload(turn, offset)
    case 'signOff': {
      const { trace, change } = nextTrace(turn)
      const { batchNumber } = entriesToSettle(turn)
      const head = { ...tidOf(turn), sn, trace, batchNumber }
      return { request: sealed(turn, { kind, ...head }), changes: [change] }
    }
    default:
      return kind satisfies never
  }
}
