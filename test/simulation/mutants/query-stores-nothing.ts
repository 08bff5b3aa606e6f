/** A Query is answered from the journal, and what the answer promises is not kept. */
import type { Mutant } from './mutant.js'
import { messageIn, rewriting } from './terminal-side.js'

export const queryStoresNothing: Mutant = {
  name: 'query-stores-nothing',
  plants: 'the terminal says not seen and does not store the sequence of the Query',
  breaks: 'not seen means never will be',
  replaced: {
    machine: (own) => (state, input, world) => {
      const done = own(state, input, world)
      return messageIn(input, 'query') === undefined
        ? done
        : rewriting(state.flash, done, (change) =>
            'cell' in change && change.cell === 'sequence' ? undefined : change,
          )
    },
  },
}
