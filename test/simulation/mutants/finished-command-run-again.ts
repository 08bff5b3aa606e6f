/** At boot the terminal takes what it has finished for what it was at. */
import { commandTypeNumbers } from '@tillgate/protocol'

import type { Mutant } from './mutant.js'
import { firstWriting, journalled } from './terminal-side.js'

export const finishedCommandRunAgain: Mutant = {
  name: 'finished-command-run-again',
  plants: 'recovery after a reboot runs finished commands again',
  breaks: 'I2: an effect happens at most once',
  replaced: {
    machine: (own) => (state, input, world) => {
      const finished =
        input.kind === 'boot'
          ? [...state.flash.areas.journal.values()].filter(
              (entry) => entry.type === commandTypeNumbers.SelfTest && entry.state === 'done',
            )
          : []
      return firstWriting(
        own,
        { state, input, world },
        finished.map((entry) => journalled({ ...entry, state: 'running' })),
      )
    },
  },
}
