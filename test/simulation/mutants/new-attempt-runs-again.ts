/** The journal is asked for the body of an attempt, and not for the command's id. */
import { equalBytes, toHex } from '@tillgate/protocol'

import type { Mutant } from './mutant.js'
import { arrivedIn, entryOf, misreading } from './terminal-side.js'

export const newAttemptRunsAgain: Mutant = {
  name: 'new-attempt-runs-again',
  plants: 'a new attempt of a command that is done is carried out again',
  breaks: 'I2: an effect happens at most once',
  replaced: {
    machine: (own) => (state, input, world) => {
      const arrived = arrivedIn(input)
      if (arrived?.message.kind !== 'command') return own(state, input, world)
      const { commandId } = arrived.message
      const entry = entryOf(state.flash, commandId)
      const hash = world.primitives.sha256(arrived.body)
      const isOther = entry?.hash !== undefined && !equalBytes(entry.hash, hash)
      return misreading(
        own,
        { state, input, world },
        isOther && entry.state === 'done'
          ? [{ area: 'journal', id: toHex(commandId), value: undefined }]
          : [],
      )
    },
  },
}
