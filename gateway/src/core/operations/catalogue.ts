/**
 * Every operation by its name. A runner looks an operation up here; nothing else lists them. Add an
 * operation: its file, a line here, its situation in the contract suite.
 */
import { createApiToken } from './create-api-token.js'
import { createMerchant } from './create-merchant.js'
import { createStore } from './create-store.js'
import { registerTerminal } from './register-terminal.js'
import { revokeApiToken } from './revoke-api-token.js'

export const operations = {
  'create-merchant': createMerchant,
  'create-store': createStore,
  'register-terminal': registerTerminal,
  'create-api-token': createApiToken,
  'revoke-api-token': revokeApiToken,
}

export type Operations = typeof operations
export type OperationName = keyof Operations
export type InputOf<N extends OperationName> = Parameters<Operations[N]['decide']>[1]
export type ResultOf<N extends OperationName> = ReturnType<Operations[N]['decide']>['result']
