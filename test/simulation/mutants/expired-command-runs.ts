/** The terminal judges a command by the time that stands in it. */
import type { Mutant } from './mutant.js'
import { messageIn } from './terminal-side.js'

export const expiredCommandRuns: Mutant = {
  name: 'expired-command-runs',
  plants: 'the terminal carries out a command whose time is over',
  breaks: 'a command that has expired does not begin',
  replaced: {
    machine: (own) => (state, input, world) => {
      const command = messageIn(input, 'command')
      if (command === undefined || state.clock === undefined) return own(state, input, world)
      const clock = { timeMs: command.issuedAtMs, setAtMs: world.nowMs }
      const done = own({ ...state, clock }, input, world)
      return { ...done, state: { ...done.state, clock: state.clock } }
    },
  },
}
