/** What may be noted as a fee or a deposit: the rules that a field breaks, by its name. */
import { caseLimits } from '../cases/limits.js'
import { withoutCardNumbers } from '../masking/card-number.js'
import { currencyCodes } from './currencies.js'

export const feeKinds = ['fee', 'deposit'] as const

export interface FeeFault {
  readonly field: 'amountMinor' | 'currency' | 'note'
  readonly rule: string
}

const currencies: ReadonlySet<string> = new Set(currencyCodes)

export const noteFault = (note: string): FeeFault | undefined => {
  if (note.length === 0 || note.length > caseLimits.noteLettersMax)
    return { field: 'note', rule: `1 to ${String(caseLimits.noteLettersMax)} letters` }
  return withoutCardNumbers(note).found > 0
    ? { field: 'note', rule: 'must hold no card number' }
    : undefined
}

/** Undefined where nothing is wrong. */
export const feeFault = (fee: {
  readonly amountMinor: number
  readonly currency: string
  readonly note: string
}): FeeFault | undefined => {
  const { amountMinor, currency, note } = fee
  const { feeAmountMinorMax: max } = caseLimits
  if (!Number.isInteger(amountMinor) || amountMinor < 1 || amountMinor > max) {
    const rule = `a whole number of the smallest unit, 1 to ${String(max)}`
    return { field: 'amountMinor', rule }
  }
  if (!currencies.has(currency))
    return { field: 'currency', rule: 'must be a currency of ISO 4217, alpha-3' }
  return noteFault(note)
}
