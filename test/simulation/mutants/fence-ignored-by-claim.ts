/** A claim does not ask who owns the lane. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const fenceIgnoredByClaim: Mutant = {
  name: 'fence-ignored-by-claim',
  plants: 'a claim is taken from a session that has lost the lane',
  breaks: 'only the owner of a lane writes to it',
  replaced: {
    operations: deciding('claim-command', (own, rows, input) =>
      own(
        rows.terminal === undefined
          ? rows
          : { ...rows, terminal: { ...rows.terminal, fence: input.fence } },
        input,
      ),
    ),
  },
}
