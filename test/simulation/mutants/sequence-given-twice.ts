/** Whoever takes a lane begins with the block of numbers that the one before had. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const sequenceGivenTwice: Mutant = {
  name: 'sequence-given-twice',
  plants: 'a new session gives out the sequence numbers of the session before again',
  breaks: 'a sequence stands in one body only',
  replaced: {
    operations: deciding('open-session', (own, rows, input) => {
      const { writes, result } = own(rows, input)
      if (!result.ok) return { writes, result }
      const block = result.seqLast - result.seqFirst + 1
      return { writes, result: { ...result, seqFirst: Math.max(1, result.seqFirst - block) } }
    }),
  },
}
