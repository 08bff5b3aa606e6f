/** The host's side does not look at the number of a call. */
import type { Mutant } from './mutant.js'

export const lowerCallAccepted: Mutant = {
  name: 'lower-call-accepted',
  plants: 'the host carries out a call with a lower number than one that it has seen',
  breaks: 'a late unblock never opens a TID that a later attempt has blocked',
  replaced: {
    theSwitch: (own) => ({
      ...own,
      call: (call) => {
        const seen = own.ledger(call.name)?.callNumber ?? 0
        return own.call(call.callNumber < seen ? { ...call, callNumber: seen + 1 } : call)
      },
    }),
  },
}
