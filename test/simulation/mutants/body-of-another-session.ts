/**
 * A destructive body is sent again as it is in a later session, and the terminal does not look at the
 * session nonce in it. Either of the two alone does no harm.
 */
import { ownParts, type CommandRow } from '@tillgate/gateway'

import type { Mutant } from './mutant.js'
import { sessionOfBodyIgnored } from './session-of-body-ignored.js'

const mayGoAgain = ({ destructive, state, phase, body }: CommandRow): boolean =>
  destructive === 1 && state === 'published' && phase === null && body !== null

export const bodyOfAnotherSession: Mutant = {
  name: 'body-of-another-session',
  plants: 'the terminal takes a destructive command that was made for another session',
  breaks: 'a destructive command runs only in the session that it was made for',
  replaced: {
    parts: {
      createDispatch: (ports) => {
        const { steps } = ports
        return ownParts.createDispatch({
          ...ports,
          steps: {
            ...steps,
            take: (session, step) =>
              steps.take(
                session,
                step.do === 'claim' && mayGoAgain(step.command)
                  ? { do: 'resend', command: step.command }
                  : step,
              ),
          },
        })
      },
    },
    machine: sessionOfBodyIgnored.replaced.machine,
  },
}
