/** The link acknowledges an uplink as it comes in, and lets the core work on it afterwards. */
import { unheard } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const pubackBeforeCommit: Mutant = {
  name: 'puback-before-commit',
  plants: 'an uplink is PUBACKed before what it says is committed',
  breaks: 'I5: nothing is acknowledged before it is durable',
  replaced: {
    handler: (own) => ({
      ...own,
      uplink: (session, channel, payload) => {
        unheard(own.uplink(session, channel, payload))
        return Promise.resolve({ ok: true })
      },
    }),
  },
}
