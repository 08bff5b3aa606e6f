/** The terminal does not compare the binding epoch of a command with its own. */
import { changesBindingEpoch } from '@tillgate/protocol'

import type { Mutant } from './mutant.js'
import { messageIn, misreading } from './terminal-side.js'

export const epochIgnored: Mutant = {
  name: 'epoch-ignored',
  plants: 'the terminal takes commands of any binding epoch',
  breaks: 'a command acts on the binding that it was made for, and on no other',
  replaced: {
    machine: (own) => (state, input, world) => {
      const command = messageIn(input, 'command')
      const { epochs } = state.flash.cells
      if (command === undefined || epochs === undefined) return own(state, input, world)
      const { type, bindingEpoch } = command
      const binding = changesBindingEpoch(type) ? bindingEpoch - 1 : bindingEpoch
      return misreading(own, { state, input, world }, [
        { cell: 'epochs', value: { ...epochs, binding } },
      ])
    },
  },
}
