/** The first word of erasing is taken for the proof. */
import { deciding, setting } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const doneWhenErasing: Mutant = {
  name: 'done-when-erasing',
  plants: 'an unbind is called done when the terminal says that it is erasing',
  breaks: 'I8: nothing is called done that was only told',
  replaced: {
    operations: deciding('record-progress', (own, rows, input) => {
      const decided = own(rows, input)
      if (!decided.result.ok || decided.result.standing.phase !== 'erasing') return decided
      return {
        ...decided,
        writes: setting(decided.writes, 'command', {
          state: 'done',
          phase: null,
          open: 0,
          resultCode: 0,
        }),
      }
    }),
  },
}
