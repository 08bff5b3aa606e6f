/** The terminal does not compare the session nonce in a destructive body with that of its session. */
import type { Machine } from '../world/scene.js'
import type { Mutant } from './mutant.js'
import { messageIn } from './terminal-side.js'

const anySession =
  (own: Machine): Machine =>
  (state, input, world) => {
    const nonce = messageIn(input, 'command')?.sessionNonce
    if (nonce === undefined) return own(state, input, world)
    const done = own({ ...state, session: { ...state.session, nonce } }, input, world)
    const session = { ...done.state.session, nonce: state.session.nonce }
    return { ...done, state: { ...done.state, session } }
  }

export const sessionOfBodyIgnored = {
  name: 'session-of-body-ignored',
  plants: 'the terminal takes a destructive command that a broker has kept from an earlier session',
  breaks: 'a destructive command runs only in the session that it was made for',
  replaced: {
    machine: anySession,
  },
} satisfies Mutant
