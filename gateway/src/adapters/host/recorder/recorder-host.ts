/**
 * Stands in for the acquirer's switch where there is none: it answers yes, and keeps the rule of
 * rising numbers per TID. It blocks nothing anywhere, and forgets all at a restart, which is safe
 * because a call to it is over when it returns: no late one can overtake.
 */
import type { Host, HostAnswer, HostCall, TidRef } from '../../../core/ports/host.js'

export const recorderHostLimits = {
  /** Beyond it the TID that was called longest ago is forgotten. */
  tidsMax: 100_000,
} as const

export interface RecordedTid {
  readonly state: 'open' | 'blocked'
  readonly callNumber: number
}

const keyOf = ({ acquirerCode, mid, tid }: TidRef): string =>
  JSON.stringify([acquirerCode, mid, tid])

const isBadNumber = (callNumber: number): boolean =>
  !Number.isSafeInteger(callNumber) || callNumber < 1

export const createRecorderHost = (tidsMax: number = recorderHostLimits.tidsMax): Host => {
  const tids = new Map<string, RecordedTid>()

  const remember = (key: string, tid: RecordedTid): void => {
    tids.delete(key)
    tids.set(key, tid)
    const [oldest] = tids.keys()
    if (tids.size > tidsMax && oldest !== undefined) tids.delete(oldest)
  }

  const order = (call: HostCall, state: RecordedTid['state']): HostAnswer => {
    const { callNumber } = call
    if (isBadNumber(callNumber)) {
      return { ok: false, code: 'refused', detail: 'a call number is a whole number from 1' }
    }
    const key = keyOf(call)
    const known = tids.get(key)
    if (known !== undefined && callNumber < known.callNumber) {
      return { ok: false, code: 'stale', detail: `${String(known.callNumber)} was seen` }
    }
    if (known !== undefined && callNumber === known.callNumber && state !== known.state) {
      return { ok: false, code: 'refused', detail: 'that number was used for the opposite' }
    }
    remember(key, { state, callNumber })
    return { ok: true, state }
  }

  return {
    block: (call) => Promise.resolve(order(call, 'blocked')),
    unblock: (call) => Promise.resolve(order(call, 'open')),
    show: (tid) =>
      Promise.resolve({ ok: true, ...(tids.get(keyOf(tid)) ?? { state: 'open', callNumber: 0 }) }),
  }
}
