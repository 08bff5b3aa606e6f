/** A registry that does not answer counts as one that has done it. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const closedWithoutRegistry: Mutant = {
  name: 'closed-without-registry',
  plants: 'a case is closed though the registry has refused, or was silent',
  breaks: 'U4: CLOSED wants the registry',
  replaced: {
    operations: deciding('move-case', (own, rows, input) =>
      own(
        rows,
        input.input.on === 'not-deregistered' ? { ...input, input: { on: 'deregistered' } } : input,
      ),
    ),
  },
}
