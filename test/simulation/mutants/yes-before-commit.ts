/** An order is answered with yes as soon as it is on its way to the records. */
import { ownParts, type Records } from '@tillgate/gateway'

import { submitting, unheard } from './gateway-side.js'
import type { Mutant } from './mutant.js'

const atOnce = (own: Records): Records => {
  const commands = submitting(own, 'order-command', (input, submit) => {
    unheard(submit(input))
    const { publicId } = input
    return Promise.resolve({ ok: true, publicId, commandId: 0, claimed: false, replayed: false })
  })
  return submitting(commands, 'order-binding', (input, submit) => {
    unheard(submit(input))
    return Promise.resolve({
      ok: true,
      bindingPublicId: input.bindingPublicId,
      replayed: false,
    })
  })
}

export const yesBeforeCommit: Mutant = {
  name: 'yes-before-commit',
  plants: 'the API answers 2xx before the order is committed',
  breaks: 'I1: what was answered with yes is never lost',
  replaced: {
    parts: {
      createCommandService: (ports) =>
        ownParts.createCommandService({ ...ports, records: atOnce(ports.records) }),
    },
  },
}
