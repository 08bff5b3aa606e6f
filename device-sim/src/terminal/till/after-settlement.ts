/**
 * After a settlement, a batch upload or a sign-off. The batch leaves the flash only when the host has
 * closed it under the same totals; 95 means that it wants every record (domain §1.6 step 2).
 */
import type { FlashChange } from '../../flash/contents.js'
import { hostLimits } from '../../host/limits.js'
import type { HostResponse } from '../../host/messages.js'
import type { Errand } from '../state.js'
import type { Turn } from '../turn.js'
import { tally } from '../unbind/preparation.js'
import { handled, refusedBy, type Handled } from './handled.js'
import { startErrand } from './errand.js'

const mismatch: Handled = {
  ok: false,
  why: 'refused',
  code: 'SETTLE_MISMATCH',
  detail: 'totals differ',
}

const batchOf = (errand: Errand): number => {
  const { request } = errand
  if (request?.kind !== 'settle' && request?.kind !== 'batchUpload') {
    throw new Error('terminal: not the errand of a settlement')
  }
  return request.batchNumber
}

const closeBatch = (turn: Turn, batchNumber: number): void => {
  const entries = [...turn.flash.areas.batch].filter(([, one]) => one.batchNumber === batchNumber)
  const { batchHead } = turn.flash.cells
  const gone = entries.map(([id]): FlashChange => ({ area: 'batch', id, value: undefined }))
  const head: readonly FlashChange[] =
    batchHead?.number === batchNumber
      ? [{ cell: 'batchHead', value: { ...batchHead, open: false } }]
      : []
  turn.write([...gone, ...head])
  const amountMinor = entries.reduce((sum, [, one]) => sum + one.amountMinor, 0)
  tally(turn, 'batch', { records: entries.length, amountMinor })
  if (turn.flash.areas.batch.size === 0) turn.set({ settlementAsked: false })
}

export const onSettled = (turn: Turn, errand: Errand, response: HostResponse): Handled => {
  if (response.responseCode === '00') {
    closeBatch(turn, batchOf(errand))
    return handled
  }
  if (response.responseCode === '95') {
    startErrand(turn, 'batchUpload')
    return handled
  }
  return refusedBy(response)
}

export const onBatchUploaded = (turn: Turn, errand: Errand, response: HostResponse): Handled => {
  if (response.responseCode === '00' && response.approval.kind === 'batchUpload') {
    if (response.approval.closed) closeBatch(turn, batchOf(errand))
    else startErrand(turn, 'batchUpload', errand.offset + hostLimits.batchRecordsPerUploadMax)
    return handled
  }
  const refused = refusedBy(response)
  return !refused.ok && refused.why === 'refused' ? mismatch : refused
}

/** A host that has no keys for us any more has nothing to forget. */
export const onSignedOff = (turn: Turn, response: HostResponse): Handled => {
  const refused = refusedBy(response)
  const isOff = response.responseCode === '00' || (!refused.ok && refused.why === 'sign-on')
  const { batchHead } = turn.flash.cells
  if (!isOff) return refused
  if (batchHead !== undefined) {
    turn.write([{ cell: 'batchHead', value: { ...batchHead, signedOn: false, open: false } }])
  }
  return handled
}
