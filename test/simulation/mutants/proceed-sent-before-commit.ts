/** The point of no return is passed before it is written down. */
import { ownParts, type Records } from '@tillgate/gateway'

import { movedTo, submitting, unheard } from './gateway-side.js'
import type { Mutant } from './mutant.js'

const atOnce = (own: Records): Records =>
  submitting(own, 'commit-proceed', (input, submit) => {
    unheard(submit(input))
    return Promise.resolve(movedTo(input.commandId, { state: 'running', phase: 'proceed_sent' }))
  })

export const proceedSentBeforeCommit: Mutant = {
  name: 'proceed-sent-before-commit',
  plants: 'Proceed is signed and sent before it is committed',
  breaks: 'nothing leaves before it is durable: that commit is the point of no return',
  replaced: {
    parts: {
      createLaneSteps: (ports) =>
        ownParts.createLaneSteps({ ...ports, records: atOnce(ports.records) }),
    },
  },
}
