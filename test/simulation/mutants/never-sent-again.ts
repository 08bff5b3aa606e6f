/** What was sent once is waited for until the session ends. */
import { ownParts } from '@tillgate/gateway'

import type { Mutant } from './mutant.js'

const neverMs = 1e12

export const neverSentAgain: Mutant = {
  name: 'never-sent-again',
  plants: 'the sweep sends nothing again and asks after nothing',
  breaks: 'I6: everything drains within a bound',
  replaced: {
    parts: {
      createDispatch: (ports) =>
        ownParts.createDispatch({
          ...ports,
          timing: { ...ports.timing, resendMs: neverMs, resendMsMax: neverMs, askMs: neverMs },
        }),
    },
  },
}
