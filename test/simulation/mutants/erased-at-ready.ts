/** The terminal notes its erasure in the moment in which it is Ready. */
import { alsoWriting } from './terminal-side.js'
import type { Mutant } from './mutant.js'

export const erasedAtReady: Mutant = {
  name: 'erased-at-ready',
  plants: 'the terminal begins to erase before its Ready has left',
  breaks: 'U2: no erase before the terminal has reported that nothing waits in it',
  seenBy: 'erase-follows-its-ready',
  replaced: {
    machine: (own) => (state, input, world) => {
      const done = own(state, input, world)
      const preparation = done.state.preparation
      const lease = preparation?.lease
      if (lease === undefined || state.preparation?.lease !== undefined) return done
      const entry = done.state.flash.areas.journal.get(preparation?.key ?? '')
      if (entry === undefined) return done
      return alsoWriting(state.flash, done, [
        {
          cell: 'erasure',
          value: {
            commandId: entry.commandId,
            commandHash: entry.hash ?? new Uint8Array(32),
            readyNonce: lease.nonce,
            proceedHash: new Uint8Array(32),
            ...{ counter: 1, bindingEpoch: 1, slots: [], areas: [], resumed: 0 },
          },
        },
      ])
    },
  },
}
