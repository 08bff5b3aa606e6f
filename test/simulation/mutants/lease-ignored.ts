/** A terminal that is ready waits for as long as it takes. */
import type { TerminalState } from '@tillgate/device-sim'

import type { Mutant } from './mutant.js'
import { arrivedIn } from './terminal-side.js'

type Preparation = NonNullable<TerminalState['preparation']>

const endless = (preparation: Preparation, fromMs: number): Preparation =>
  preparation.lease === undefined
    ? preparation
    : { ...preparation, lease: { ...preparation.lease, endsMs: fromMs + 1_000 } }

export const leaseIgnored: Mutant = {
  name: 'lease-ignored',
  plants: 'the terminal stays prepared when its lease is over',
  breaks: 'a terminal that cannot sell waits no longer than its lease',
  replaced: {
    machine: (own) => (state, input, world) => {
      if (input.kind === 'timer' && input.name === 'lease') return { state, effects: [] }
      const { preparation } = state
      if (preparation?.lease === undefined || arrivedIn(input) === undefined) {
        return own(state, input, world)
      }
      const done = own({ ...state, preparation: endless(preparation, world.nowMs) }, input, world)
      const after = done.state.preparation
      return after?.lease === undefined
        ? done
        : { ...done, state: { ...done.state, preparation: { ...after, lease: preparation.lease } } }
    },
  },
}
