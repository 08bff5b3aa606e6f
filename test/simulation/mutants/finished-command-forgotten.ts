/** The journal of what is finished lies in memory, and a reboot empties it. */
import { isDestructive, toHex } from '@tillgate/protocol'

import type { Mutant } from './mutant.js'
import { firstWriting } from './terminal-side.js'

export const finishedCommandForgotten: Mutant = {
  name: 'finished-command-forgotten',
  plants: 'the terminal forgets the ids of finished commands in a reboot',
  breaks: 'I2: an effect happens at most once',
  replaced: {
    machine: (own) => (state, input, world) => {
      const finished =
        input.kind === 'boot'
          ? [...state.flash.areas.journal.values()].filter(
              (entry) => entry.state === 'done' && !isDestructive(entry.type ?? 0),
            )
          : []
      return firstWriting(
        own,
        { state, input, world },
        finished.map(({ commandId }) => ({
          area: 'journal',
          id: toHex(commandId),
          value: undefined,
        })),
      )
    },
  },
}
