/** Whatever the former merchant left behind goes when the next one comes, the proof too. */
import type { FlashChange, FlashImage } from '@tillgate/device-sim'
import { toHex } from '@tillgate/protocol'

import type { Mutant } from './mutant.js'
import { alsoWriting } from './terminal-side.js'

const proofs = ({ areas }: FlashImage): readonly FlashChange[] =>
  [...areas.evidence.values()]
    .filter(({ kind }) => kind === 'proof')
    .map(({ messageId }) => ({ area: 'evidence', id: toHex(messageId), value: undefined }))

export const bindForgetsTheProof: Mutant = {
  name: 'bind-forgets-the-proof',
  plants: 'a Bind drops a proof that has no Receipt yet',
  breaks: 'a proof survives the next binding until its Receipt',
  replaced: {
    machine: (own) => (state, input, world) => {
      const done = own(state, input, world)
      const { binding } = done.state.flash.cells
      const isBound = binding !== undefined && binding !== state.flash.cells.binding
      return isBound ? alsoWriting(state.flash, done, proofs(state.flash)) : done
    },
  },
}
