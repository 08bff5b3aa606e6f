/** A cancel opens the TID at once, and asks the terminal for nothing. */
import { deciding, setting } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const cancelWithoutReleased: Mutant = {
  name: 'cancel-without-released',
  plants: 'a cancel unblocks the TID without waiting for Released',
  breaks: 'only Released, or Refused for the nonce, leads out of a phase that waits on it',
  replaced: {
    operations: deciding('cancel-command', (own, rows, input) => {
      const decided = own(rows, input)
      if (rows.command?.phase !== 'tid_blocking') return decided
      return {
        ...decided,
        writes: setting(decided.writes, 'command', {
          phase: 'tid_unblocking',
          hostCallNumber: null,
          hostAnswer: null,
        }),
      }
    }),
  },
}
