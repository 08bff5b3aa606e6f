/** The end of a connection ends whatever session the terminal has by then. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const oldSessionEndsNew: Mutant = {
  name: 'old-session-ends-new',
  plants: 'the end of an old session ends the new one in the records',
  breaks: 'only the owner of a lane writes to it',
  replaced: {
    operations: deciding('end-session', (own, { terminal }, input) =>
      own(
        { terminal: terminal === undefined ? undefined : { ...terminal, fence: input.fence } },
        input,
      ),
    ),
  },
}
