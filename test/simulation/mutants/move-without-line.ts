/** An operation moves the command and leaves no word of it. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const moveWithoutLine: Mutant = {
  name: 'move-without-line',
  plants: 'the host answer moves a command without a line in the ledger',
  breaks: 'I4: every move leaves one record in the same transaction',
  replaced: {
    operations: deciding('record-host-answer', (own, rows, input) => {
      const decided = own(rows, input)
      return { ...decided, writes: decided.writes.filter(({ table }) => table !== 'event') }
    }),
  },
}
