/** A binding that has a case gets another: the one before it counts as cancelled, and its Unbind goes on. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const secondCaseOpened: Mutant = {
  name: 'second-case-opened',
  plants:
    'a second case is opened for a binding, and the first is forgotten with its Unbind under way',
  breaks: 'U1: a binding has one open case',
  seenBy: 'one-open-case-a-binding',
  replaced: {
    operations: deciding('open-case', (own, rows, input) => {
      const { standing } = rows
      if (standing === undefined) return own(rows, input)
      const binding = rows.binding && { ...rows.binding, state: 'ACTIVE' as const }
      const { writes, result } = own({ ...rows, binding, standing: undefined, open: [] }, input)
      if (!result.ok || writes.length === 0) return { writes, result }
      const forgotten = { state: 'CANCELLED', open: 0, dueAtMs: null }
      return {
        writes: [
          { write: 'update', table: 'unbindCase', id: standing.id, set: forgotten },
          ...writes,
        ],
        result,
      }
    }),
  },
}
