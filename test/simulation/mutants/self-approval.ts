/** Whose request it is a vote does not ask. */
import { deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const selfApproval: Mutant = {
  name: 'self-approval',
  plants: 'the maker of a request may approve it',
  breaks: 'nobody decides alone',
  replaced: {
    operations: deciding('cast-vote', (own, rows, input) => {
      const { approval } = rows
      const others = approval && { ...approval, makerUserId: null, makerNames: '[]' }
      return own({ ...rows, approval: others }, input)
    }),
  },
}
