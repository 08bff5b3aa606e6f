/** The terminal says that it refuses a Proceed, and stays as prepared as it was. */
import type { Step, TerminalState } from '@tillgate/device-sim'

import type { Mutant } from './mutant.js'
import { entryOf, journalled, messageIn, rewriting, withEffects } from './terminal-side.js'

const stillPrepared = (before: TerminalState, done: Step, commandId: Uint8Array): Step => {
  const entry = entryOf(before.flash, commandId)
  const after = entryOf(done.state.flash, commandId)
  if (entry?.state !== 'prepared' || after?.state !== 'refused') return done
  const unkilled = rewriting(before.flash, done, (change) =>
    'area' in change && change.area === 'journal' && change.value?.state === 'refused'
      ? journalled(entry)
      : change,
  )
  const effects = unkilled.effects.filter(
    (effect) => effect.kind !== 'cancel' || effect.name !== 'lease',
  )
  const kept = withEffects(before.flash, unkilled, effects)
  return { ...kept, state: { ...kept.state, preparation: before.preparation } }
}

export const nonceAliveAfterRefused: Mutant = {
  name: 'nonce-alive-after-refused',
  plants: 'a prepare that refuses its Proceed keeps its nonce alive',
  breaks: 'a nonce lives once: it is dead before Refused or Released says so',
  replaced: {
    machine: (own) => (state, input, world) => {
      const done = own(state, input, world)
      const proceed = messageIn(input, 'proceed')
      return proceed === undefined ? done : stillPrepared(state, done, proceed.commandId)
    },
  },
}
