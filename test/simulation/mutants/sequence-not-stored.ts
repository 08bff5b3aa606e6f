/** The terminal acts on a command, and its flash does not know the sequence. */
import type { Mutant } from './mutant.js'
import { rewriting } from './terminal-side.js'

export const sequenceNotStored: Mutant = {
  name: 'sequence-not-stored',
  plants: 'the sequence of a command is not stored with its effect',
  breaks: 'the sequence strictly rises: what is old never runs',
  replaced: {
    machine: (own) => (state, input, world) =>
      rewriting(state.flash, own(state, input, world), (change) =>
        'cell' in change && change.cell === 'sequence' ? undefined : change,
      ),
  },
}
