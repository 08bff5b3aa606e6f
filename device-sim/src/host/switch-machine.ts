/**
 * The switch: what it answers to a terminal, and the records that make the answer true. Pure: it
 * reads the state, and changes nothing (`apply.ts` does). The order of its checks is part of its
 * behaviour: registered, this terminal, open, signed on, MAC, batch, then the request itself.
 * A TID that is blocked answers 97 to everything, settlement and offline uploads too: that is why an
 * unbind settles first (domain §1.6 step 4).
 */
import { fromHex, toHex } from '@tillgate/protocol'
import { hostLimits } from './limits.js'
import { isMacRight } from './mac.js'
import type {
  HostRequest,
  MacedRequest,
  OfflineUploadRequest,
  ReversalRequest,
  SaleRequest,
  SignOnRequest,
} from './messages.js'
import { approve, authCodeOf, refuse } from './decision.js'
import type { Decision, SwitchInputs } from './decision.js'
import { decideBatchUpload, decideSettle } from './settlement.js'
import { findBatch, tidKey } from './state.js'
import type { Batch, HostState, SaleEntry, TidRecord } from './state.js'
import { makeWorkingKeys, unwrapWorkingKeys, wrapWorkingKeys } from './working-keys.js'

const makOf = (tid: TidRecord, inputs: SwitchInputs): Uint8Array | undefined => {
  const field62 = tid.field62 === undefined ? undefined : fromHex(tid.field62)
  if (field62 === undefined) return undefined
  const unwrapped = unwrapWorkingKeys(inputs.crypto, inputs.masterKeyOf(tid.sn), field62)
  if (!unwrapped.ok) throw new Error('host: the file holds working keys that do not open')
  return unwrapped.keys.mak.key
}

const onBlocked = (tid: TidRecord, request: HostRequest, inputs: SwitchInputs): Decision => {
  const mak = makOf(tid, inputs)
  const mac =
    request.kind === 'signOn'
      ? 'none'
      : mak !== undefined && isMacRight(inputs.crypto, mak, request)
        ? 'right'
        : 'wrong'
  const { kind, sn } = request
  const attempt = { kind, sn, mac, responseCode: '97', atMs: inputs.nowMs } as const
  const records = [{ type: 'attempted', name: tid.name, attempt } as const]
  return refuse('97', 'the TID is blocked', { records })
}

const signOn = (tid: TidRecord, request: SignOnRequest, inputs: SwitchInputs): Decision => {
  const batchNumber = tid.open?.number ?? tid.lastBatchNumber + 1
  if (batchNumber > hostLimits.batchNumberMax) return refuse('96', 'no batch number is left')
  const keys = makeWorkingKeys(inputs.crypto, inputs.keyRandom())
  const tmk = inputs.masterKeyOf(request.sn)
  const field62 = toHex(wrapWorkingKeys(inputs.crypto, tmk, keys)).toUpperCase()
  const { name } = tid
  const record = { type: 'signedOn', name, batchNumber, field62, atMs: inputs.nowMs } as const
  return approve({ kind: 'signOn', batchNumber, field62 }, [record])
}

const isSameSale = (entry: SaleEntry, request: SaleRequest | OfflineUploadRequest): boolean =>
  entry.kind === (request.kind === 'sale' ? 'sale' : 'offline') &&
  entry.amountMinor === request.amountMinor &&
  entry.currency === request.currency &&
  // An entry that came by a batch upload has no time of its own to compare.
  (entry.source === 'batchUpload' || entry.takenAtMs === request.takenAtMs)

const sell = (
  state: HostState,
  tid: TidRecord,
  request: SaleRequest | OfflineUploadRequest,
  inputs: SwitchInputs,
): Decision => {
  const { kind, trace, amountMinor, currency, takenAtMs, batchNumber } = request
  const batch = findBatch(tid, batchNumber)
  const known = batch?.entries.get(trace)
  if (known !== undefined && known.reversedAtMs === undefined && isSameSale(known, request)) {
    return approve({ kind, authCode: known.authCode })
  }
  if (known !== undefined) return refuse('94', 'that trace was used in this batch')
  if (batch?.deadTraces.has(trace) === true) return refuse('94', 'that trace was reversed')
  if (batch === undefined || batch !== tid.open) return refuse('77', 'that batch is not open')
  if (batch.entries.size >= hostLimits.entriesPerBatchMax) return refuse('96', 'batch full: settle')
  const entry: SaleEntry = {
    kind: kind === 'sale' ? 'sale' : 'offline',
    trace,
    amountMinor,
    currency,
    takenAtMs,
    acceptedAtMs: inputs.nowMs,
    authCode: authCodeOf(state.approvals + 1),
    source: kind === 'sale' ? 'online' : 'offlineUpload',
    reversedAtMs: undefined,
  }
  const record = { type: 'sold', name: tid.name, batchNumber, entry } as const
  return approve({ kind, authCode: entry.authCode }, [record])
}

const reverseIn = (
  tid: TidRecord,
  batch: Batch,
  request: ReversalRequest,
  inputs: SwitchInputs,
): Decision => {
  const { trace, batchNumber } = request
  const known = batch.entries.get(trace)
  const record = {
    type: 'reversed',
    name: tid.name,
    batchNumber,
    trace,
    atMs: inputs.nowMs,
  } as const
  if (known === undefined && batch.deadTraces.has(trace)) return refuse('25', 'no such sale')
  if (known === undefined) {
    if (batch.deadTraces.size >= hostLimits.entriesPerBatchMax) return refuse('96', 'batch full')
    return refuse('25', 'no such sale, and there will be none', { records: [record] })
  }
  if (known.amountMinor !== request.amountMinor || known.kind !== 'sale') {
    return refuse('12', 'not the sale that was approved under that trace')
  }
  return approve({ kind: 'reversal' }, known.reversedAtMs === undefined ? [record] : [])
}

const reverse = (tid: TidRecord, request: ReversalRequest, inputs: SwitchInputs): Decision => {
  const batch = findBatch(tid, request.batchNumber)
  if (batch === undefined) return refuse('77', 'the host has no such batch')
  if (batch === tid.open) return reverseIn(tid, batch, request, inputs)
  const known = batch.entries.get(request.trace)
  if (known === undefined) return refuse('25', 'no such sale, and that batch is settled')
  if (known.reversedAtMs !== undefined) return approve({ kind: 'reversal' })
  return refuse('12', 'that batch is settled')
}

const withKeys = (
  state: HostState,
  tid: TidRecord,
  request: MacedRequest,
  inputs: SwitchInputs,
): Decision => {
  const mak = makOf(tid, inputs)
  // A repeated sign-off finds no key to check with, and nothing that it could change.
  if (mak === undefined && request.kind === 'signOff') return approve({ kind: 'signOff' })
  if (mak === undefined) return refuse('77', 'sign on first')
  if (!isMacRight(inputs.crypto, mak, request)) return refuse('A0', 'wrong MAC')
  switch (request.kind) {
    case 'sale':
    case 'offlineUpload':
      return sell(state, tid, request, inputs)
    case 'reversal':
      return reverse(tid, request, inputs)
    case 'settle':
      return decideSettle(tid, request, inputs)
    case 'batchUpload':
      return decideBatchUpload(state, tid, request, inputs)
    case 'signOff':
      return approve({ kind: 'signOff' }, [
        { type: 'signedOff', name: tid.name, atMs: inputs.nowMs },
      ])
    default:
      return request satisfies never
  }
}

export const decideRequest = (
  state: HostState,
  request: HostRequest,
  inputs: SwitchInputs,
): Decision => {
  const tid = state.tids.get(tidKey(request))
  if (tid === undefined) return refuse('97', 'the TID is not registered')
  if (tid.sn !== request.sn) return refuse('97', 'the TID belongs to another serial number')
  if (tid.state === 'blocked') return onBlocked(tid, request, inputs)
  if (request.kind === 'signOn') return signOn(tid, request, inputs)
  return withKeys(state, tid, request, inputs)
}
