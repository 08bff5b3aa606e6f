/** A Proceed that nobody answers in time is taken for one that never arrived. */
import type { Mutant } from './mutant.js'
import { deciding, setting } from './gateway-side.js'

export const unblockedByTimeOut: Mutant = {
  name: 'unblocked-by-time-out',
  plants: 'a Proceed without an answer leads to unblocking the TID, without a Released',
  breaks: 'the TID is never unblocked while the terminal may still erase',
  replaced: {
    operations: deciding('note-time', (own, rows, input) => {
      const decided = own(rows, input)
      if (input.over !== 'proceed-silent') return decided
      return {
        ...decided,
        writes: setting(decided.writes, 'command', {
          phase: 'tid_unblocking',
          hostCallNumber: null,
          hostAnswer: null,
          outcomeUnknown: 0,
          afterRelease: 'queued',
        }),
      }
    }),
  },
}
