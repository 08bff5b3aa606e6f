/** A Hello that comes again is as good as a new one. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const helloRepeatedCounts: Mutant = {
  name: 'hello-repeated-counts',
  plants: 'a Hello that was said before opens a session again',
  breaks: 'I6: everything drains; a Hello counts once',
  replaced: {
    operations: deciding('open-session', (own, rows, input) =>
      own(
        rows.terminal === undefined
          ? rows
          : { ...rows, terminal: { ...rows.terminal, bootId: null } },
        input,
      ),
    ),
  },
}
