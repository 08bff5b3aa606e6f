/** What became of a terminal's last binding nobody asks. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const boundAfterUnproven: Mutant = {
  name: 'bound-after-unproven',
  plants: 'a terminal whose last release is unproven is bound again',
  breaks: 'B3: no new binding for a terminal whose last release is unproven',
  replaced: {
    operations: deciding('order-binding', (own, rows, input) => {
      const { terminal } = rows
      return own({ ...rows, terminal: terminal && { ...terminal, state: 'IN_STOCK' } }, input)
    }),
  },
}
