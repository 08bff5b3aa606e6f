/** After a reversal or the upload of an offline sale: one record less, and the next one. */
import type { SaleRecord } from '../../flash/contents.js'
import { isReversed, type HostRequest, type HostResponse } from '../../host/messages.js'
import type { Errand } from '../state.js'
import type { Turn } from '../turn.js'
import { tally } from '../unbind/preparation.js'
import { recordOf } from './after-sale.js'
import { handled, refusedBy, type Handled } from './handled.js'

const saleIn = (request: HostRequest | undefined): SaleRecord => {
  if (request?.kind !== 'reversal' && request?.kind !== 'offlineUpload') {
    throw new Error('terminal: not the errand of a flush')
  }
  return recordOf(request)
}

export const onReversed = (turn: Turn, errand: Errand, response: HostResponse): Handled => {
  const record = saleIn(errand.request)
  if (!isReversed(response)) return refusedBy(response, 'REVERSAL_NOT_SENT')
  turn.write([{ area: 'reversal', id: String(record.trace), value: undefined }])
  tally(turn, 'reversal', { records: 1, amountMinor: record.amountMinor })
  return handled
}

/** The batch that it was taken in is closed, and this sale was not in it: it goes into the open one. */
const intoOpenBatch = (turn: Turn, record: SaleRecord): boolean => {
  const { batchHead } = turn.flash.cells
  const isFresh = turn.state.host.signOns > 0
  if (!isFresh || batchHead?.open !== true || batchHead.number === record.batchNumber) return false
  const value = { ...record, batchNumber: batchHead.number }
  turn.write([{ area: 'offline', id: String(record.trace), value }])
  return true
}

export const onOfflineUploaded = (turn: Turn, errand: Errand, response: HostResponse): Handled => {
  const record = saleIn(errand.request)
  const id = String(record.trace)
  if (response.responseCode === '00' && response.approval.kind === 'offlineUpload') {
    const { authCode } = response.approval
    turn.write([
      { area: 'offline', id, value: undefined },
      { area: 'batch', id, value: { ...record, kind: 'offline', authCode } },
    ])
    tally(turn, 'offline', { records: 1, amountMinor: record.amountMinor })
    return handled
  }
  if (response.responseCode === '77' && intoOpenBatch(turn, record)) return handled
  return refusedBy(response, 'OFFLINE_NOT_EMPTY')
}
