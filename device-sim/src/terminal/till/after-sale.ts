/**
 * After a sale was asked for. Approved: batch, slip and receipt in one write with the end of the
 * pending reversal. Refused: nothing was sold. No answer: the reversal stays, and is flushed later.
 */
import type { FlashChange, SaleRecord } from '../../flash/contents.js'
import type { HostResponse, SaleRequest } from '../../host/messages.js'
import { terminalLimits } from '../limits.js'
import type { Errand } from '../state.js'
import type { Turn } from '../turn.js'
import { handled, refusedBy, type Handled } from './handled.js'
import { keepText } from './paper.js'

type SaleOutcome = 'approved' | 'declined' | 'unanswered'

const requestOf = (errand: Errand): SaleRequest => {
  if (errand.request?.kind !== 'sale') throw new Error('terminal: not the errand of a sale')
  return errand.request
}

export const recordOf = (request: SaleRecord): SaleRecord => {
  const { trace, batchNumber, amountMinor, currency, takenAtMs } = request
  return { trace, batchNumber, amountMinor, currency, takenAtMs }
}

export const endSale = (turn: Turn, outcome: SaleOutcome, reason: string, trace = 0): void => {
  const { sale } = turn.state
  if (sale === undefined) return
  turn.set({ sale: undefined })
  const { saleId, amountMinor } = sale
  turn.note({ what: 'sale', saleId, outcome, reason, trace, amountMinor })
  turn.show(outcome === 'approved' ? '交易成功' : '交易失败')
}

const soldChanges = (turn: Turn, record: SaleRecord, authCode: string): readonly FlashChange[] => {
  const id = String(record.trace)
  const line = `sale ${id} ${String(record.amountMinor)} ${authCode}`
  const { slipsMax, receiptsMax, logRecordsMax } = terminalLimits
  return [
    { area: 'reversal', id, value: undefined },
    { area: 'batch', id, value: { ...record, kind: 'sale', authCode } },
    ...keepText(turn.flash, 'slip', { id, text: line, max: slipsMax }),
    ...keepText(turn.flash, 'receipts', { id, text: line, max: receiptsMax }),
    ...keepText(turn.flash, 'log', { id, text: line, max: logRecordsMax }),
  ]
}

export const onSold = (turn: Turn, errand: Errand, response: HostResponse): Handled => {
  const record = recordOf(requestOf(errand))
  const { trace } = record
  if (response.responseCode === '00' && response.approval.kind === 'sale') {
    turn.write(soldChanges(turn, record, response.approval.authCode))
    endSale(turn, 'approved', '00', trace)
    return handled
  }
  turn.write([{ area: 'reversal', id: String(trace), value: undefined }])
  const refused = refusedBy(response)
  if (!refused.ok && refused.why === 'sign-on') return refused
  endSale(turn, 'declined', `host ${response.responseCode}`, trace)
  // The host answered; that this sale was declined is no trouble of the prepare that waits for it.
  return handled
}

/** Of whatever the sale was waiting for: its sign-on, or its own answer. */
export const saleUnanswered = (turn: Turn, errand: Errand): void =>
  endSale(
    turn,
    'unanswered',
    errand.kind,
    errand.request?.kind === 'sale' ? errand.request.trace : 0,
  )
