/** The host forgets a block after a while: here, at its next request but one from anybody. */
import type { TidName } from '@tillgate/device-sim'

import type { Mutant } from './mutant.js'

const requestsUntilForgotten = 2

interface Blocked {
  readonly name: TidName
  readonly callNumber: number
  left: number
}

export const hostOpensByItself: Mutant = {
  name: 'host-opens-by-itself',
  plants: 'the host opens a blocked TID again without being called',
  breaks: 'keys are never erased while the TID is open',
  // A Proceed may be committed on the lost block as well; that is another rule.
  seenBy: 'keys-outlive-the-open-tid',
  replaced: {
    theSwitch: (own) => {
      const blocked = new Map<string, Blocked>()
      return {
        ...own,
        call: async (call) => {
          const result = await own.call(call)
          const { name, callNumber } = call
          if (call.verb === 'unblock') blocked.delete(name.tid)
          else if (result.ok) {
            blocked.set(name.tid, { name, callNumber, left: requestsUntilForgotten })
          }
          return result
        },
        handle: async (request) => {
          for (const [tid, block] of blocked) {
            block.left--
            if (block.left > 0) continue
            blocked.delete(tid)
            const { name, callNumber } = block
            await own.call({ verb: 'unblock', name, callNumber: callNumber + 1, reason: '' })
          }
          return own.handle(request)
        },
      }
    },
  },
}
