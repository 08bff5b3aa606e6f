/** The prepare does not look for sales that the host has not heard of. */
import type { Mutant } from './mutant.js'
import { messageIn, misreading } from './terminal-side.js'

export const offlineSalesErased: Mutant = {
  name: 'offline-sales-erased',
  plants: 'the terminal prepares without uploading its offline sales, and erases them',
  breaks: 'no sale is lost',
  replaced: {
    machine: (own) => (state, input, world) => {
      const isPreparing =
        state.preparation !== undefined || messageIn(input, 'command')?.sessionNonce !== undefined
      return misreading(own, { state, input, world }, isPreparing ? [{ clear: 'offline' }] : [])
    },
  },
}
