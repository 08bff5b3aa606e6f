/** I6: once the faults have stopped, everything comes to rest within the bound. */
import type { Checker } from './checker.js'

export const everythingDrains: Checker = {
  name: 'everything-drains',
  rule: 'I6: once faults stop, everything drains within a bound',
  begin: (say) => ({
    atRest({ unrest }) {
      for (const reason of unrest) say(`after the bound: ${reason}`)
    },
  }),
}
