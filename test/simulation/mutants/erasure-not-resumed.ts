/** A terminal that lost power while it erased boots as if it had not. */
import type { Mutant } from './mutant.js'
import { misreading } from './terminal-side.js'

export const erasureNotResumed: Mutant = {
  name: 'erasure-not-resumed',
  plants: 'an erasure that a power loss interrupted is not resumed',
  breaks: 'I6: everything drains; an erasure resumes',
  replaced: {
    machine: (own) => (state, input, world) =>
      misreading(
        own,
        { state, input, world },
        input.kind === 'boot' ? [{ cell: 'erasure', value: undefined }] : [],
      ),
  },
}
