/**
 * What the merchant does at the till: a sale, a sale without the host, closing the day. Possible only
 * while bound, not locked, not in a prepare and not erasing; one customer at a time.
 */
import { terminalLimits } from '../limits.js'
import { isBound, isErasing, type TerminalState } from '../state.js'
import type { Turn } from '../turn.js'
import { nextErrand } from './next.js'
import { keepText } from './paper.js'
import { nextTrace, saleRecord } from './requests.js'

const isAmount = (amountMinor: number): boolean =>
  Number.isInteger(amountMinor) && amountMinor > 0 && amountMinor <= terminalLimits.amountMinorMax

/** Why not, in one word; undefined where nothing stands in the way. */
export const cannotSell = (state: TerminalState): string | undefined => {
  if (isErasing(state)) return 'erasing'
  if (!isBound(state)) return 'not-bound'
  if (state.flash.cells.lock !== undefined) return 'locked'
  if (state.preparation !== undefined) return 'unbinding'
  if (state.sale !== undefined) return 'busy'
  const { batch, offline } = state.flash.areas
  return batch.size + offline.size >= terminalLimits.batchEntriesMax ? 'batch-full' : undefined
}

export const onSale = (turn: Turn, saleId: number, amountMinor: number): void => {
  const reason = isAmount(amountMinor) ? cannotSell(turn.state) : 'amount'
  if (reason !== undefined) {
    const outcome = 'not-possible'
    return turn.note({ what: 'sale', saleId, outcome, reason, trace: 0, amountMinor })
  }
  turn.set({
    sale: { saleId, amountMinor },
    host: { signOns: 0, failures: 0, resting: false },
  })
  turn.cancel('host-retry')
  nextErrand(turn)
}

export const onOfflineSale = (turn: Turn, saleId: number, amountMinor: number): void => {
  const { offline } = turn.flash.areas
  const isFull = offline.size >= terminalLimits.offlineSalesMax
  const cannot = isAmount(amountMinor) ? cannotSell(turn.state) : 'amount'
  const reason = cannot ?? (isFull ? 'offline-full' : undefined)
  if (reason !== undefined) {
    const outcome = 'not-possible'
    return turn.note({ what: 'offline-sale', saleId, outcome, reason, trace: 0, amountMinor })
  }
  const { trace, change } = nextTrace(turn)
  const id = String(trace)
  const { slipsMax } = terminalLimits
  turn.write([
    change,
    { area: 'offline', id, value: saleRecord(turn, trace, amountMinor) },
    ...keepText(turn.flash, 'slip', { id, text: `offline ${id}`, max: slipsMax }),
  ])
  turn.note({ what: 'offline-sale', saleId, outcome: 'stored', reason: '', trace, amountMinor })
  nextErrand(turn)
}

export const onSettlement = (turn: Turn): void => {
  if (cannotSell(turn.state) !== undefined) return
  turn.set({ settlementAsked: true })
  nextErrand(turn)
}
