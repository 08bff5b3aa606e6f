/**
 * Every operation by its name. A runner looks an operation up here; nothing else lists them. Add an
 * operation: its file, a line here, its situation in the contract suite.
 */
import { createMerchant } from './create-merchant.js'

export const operations = {
  'create-merchant': createMerchant,
}

export type Operations = typeof operations
export type OperationName = keyof Operations
export type InputOf<N extends OperationName> = Parameters<Operations[N]['decide']>[1]
export type ResultOf<N extends OperationName> = ReturnType<Operations[N]['decide']>['result']
