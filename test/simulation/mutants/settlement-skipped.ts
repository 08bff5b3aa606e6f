/** The prepare does not look for a batch to settle. */
import type { FlashChange, FlashImage } from '@tillgate/device-sim'

import type { Mutant } from './mutant.js'
import { messageIn, misreading } from './terminal-side.js'

const withoutBatch = ({ cells }: FlashImage): readonly FlashChange[] => [
  { clear: 'batch' },
  ...(cells.batchHead === undefined
    ? []
    : [{ cell: 'batchHead', value: { ...cells.batchHead, open: false } } as const]),
]

export const settlementSkipped: Mutant = {
  name: 'settlement-skipped',
  plants: 'the terminal prepares without settling its batch, and erases it',
  breaks: 'no sale that the host accepted is lost',
  replaced: {
    machine: (own) => (state, input, world) => {
      const isPreparing =
        state.preparation !== undefined || messageIn(input, 'command')?.sessionNonce !== undefined
      return misreading(own, { state, input, world }, isPreparing ? withoutBatch(state.flash) : [])
    },
  },
}
