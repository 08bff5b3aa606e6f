/** A claimed command leaves while its claim is on its way to the records. */
import { ownParts, type Records } from '@tillgate/gateway'

import { movedTo, submitting, unheard } from './gateway-side.js'
import type { Mutant } from './mutant.js'

const atOnce = (own: Records): Records =>
  submitting(own, 'claim-command', (input, submit) => {
    unheard(submit(input))
    return Promise.resolve(movedTo(input.commandId, { state: 'published', phase: null }))
  })

export const sentBeforeCommit: Mutant = {
  name: 'sent-before-commit',
  plants: 'a command is signed and sent before its claim is committed',
  breaks: 'nothing leaves before it is durable',
  replaced: {
    parts: {
      createLaneSteps: (ports) =>
        ownParts.createLaneSteps({ ...ports, records: atOnce(ports.records) }),
    },
  },
}
