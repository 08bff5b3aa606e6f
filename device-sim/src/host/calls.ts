/**
 * What the back office may order: register a TID for a terminal, block it, open it again. The
 * number of a call rises per TID, and a lower one is refused: a late unblock must never open what a
 * later attempt has blocked (architecture §5, rule 2). Pure; `http-port.ts` carries it.
 */
import { hostLimits } from './limits.js'
import type { TidName } from './messages.js'
import type { HostRecord } from './records.js'
import { tidKey, totalsOf } from './state.js'
import type { CallVerb, HostState, TidState } from './state.js'

export interface TidCall {
  readonly verb: CallVerb
  readonly name: TidName
  readonly callNumber: number
  readonly reason: string
}

export type CallResult =
  | { readonly ok: true; readonly state: TidState; readonly callNumber: number }
  | { readonly ok: false; readonly code: 'unknown-tid' }
  | { readonly ok: false; readonly code: 'stale' | 'number-reused'; readonly callNumber: number }

export interface CallDecision {
  readonly result: CallResult
  readonly records: readonly HostRecord[]
}

export const decideCall = (state: HostState, call: TidCall, nowMs: number): CallDecision => {
  const { verb, name, callNumber, reason } = call
  const tid = state.tids.get(tidKey(name))
  if (tid === undefined) return { result: { ok: false, code: 'unknown-tid' }, records: [] }
  if (callNumber < tid.callNumber) {
    return { result: { ok: false, code: 'stale', callNumber: tid.callNumber }, records: [] }
  }
  const after: TidState = verb === 'block' ? 'blocked' : 'open'
  if (callNumber === tid.callNumber) {
    // A TID takes its state from calls alone, so the state tells which verb had this number.
    return after === tid.state
      ? { result: { ok: true, state: after, callNumber }, records: [] }
      : { result: { ok: false, code: 'number-reused', callNumber }, records: [] }
  }
  return {
    result: { ok: true, state: after, callNumber },
    records: [{ type: 'called', name, call: { verb, callNumber, reason, atMs: nowMs } }],
  }
}

export type RegisterResult =
  | { readonly ok: true; readonly created: boolean; readonly state: TidState }
  | { readonly ok: false; readonly code: 'full' }

export interface RegisterDecision {
  readonly result: RegisterResult
  readonly records: readonly HostRecord[]
}

/**
 * The same again changes nothing. Another serial number takes the TID over: the keys of the former
 * one die, and a batch that it left open is closed as it stands. Open or blocked stays as it was.
 */
export const decideRegister = (
  state: HostState,
  name: TidName,
  sn: string,
  nowMs: number,
): RegisterDecision => {
  const tid = state.tids.get(tidKey(name))
  const registered = { type: 'registered', name, sn, atMs: nowMs } as const
  if (tid === undefined) {
    return state.tids.size >= hostLimits.tidsMax
      ? { result: { ok: false, code: 'full' }, records: [] }
      : { result: { ok: true, created: true, state: 'open' }, records: [registered] }
  }
  const result = { ok: true, created: false, state: tid.state } as const
  if (tid.sn === sn) return { result, records: [] }
  if (tid.open === undefined) return { result, records: [registered] }
  const totals = totalsOf(tid.open.entries.values())
  const settlement = { atMs: nowMs, totals, how: 'handover' } as const
  const batchNumber = tid.open.number
  return { result, records: [{ type: 'settled', name, batchNumber, settlement }, registered] }
}
