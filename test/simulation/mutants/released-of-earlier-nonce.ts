/**
 * A Released or a Refused frees the command whatever nonce it names. To see it sooner this terminal says
 * its last Released once more when it is ready again, as any may; by itself that does no harm.
 */
import type { Effect, Step } from '@tillgate/device-sim'

import { both, deciding } from './gateway-side.js'
import type { Mutant } from './mutant.js'

type Said = Extract<Effect, { kind: 'publish' }>

const saidAgain = ({ state, effects }: Step, said: Said): Step => {
  const lastToken = state.lastToken + 1
  return { state: { ...state, lastToken }, effects: [...effects, { ...said, token: lastToken }] }
}

export const releasedOfEarlierNonce: Mutant = {
  name: 'released-of-earlier-nonce',
  plants: 'a Released or Refused that names an earlier nonce is taken for the present one',
  breaks: 'the TID is never unblocked while the terminal may still erase',
  replaced: {
    operations: both(
      deciding('record-released', (own, rows, input) =>
        own(rows, { ...input, readyNonce: rows.command?.readyNonce ?? input.readyNonce }),
      ),
      deciding('record-refused', (own, rows, input) =>
        own(rows, { ...input, readyNonce: rows.command?.readyNonce ?? input.readyNonce }),
      ),
    ),
    machine: (own) => {
      const last = new Map<string, Said>()
      return (state, input, world) => {
        const { sn } = state
        const done = own(state, input, world)
        const [said] = done.effects.flatMap((effect) =>
          effect.kind === 'publish' && effect.says === 'released' ? [effect] : [],
        )
        if (said !== undefined) last.set(sn, said)
        const earlier = last.get(sn)
        const isReady = done.state.preparation?.lease !== undefined
        if (earlier === undefined || input.kind !== 'acknowledged' || !isReady) return done
        last.delete(sn)
        return saidAgain(done, earlier)
      }
    },
  },
}
