/** The broker link acknowledges an uplink as it comes in, and lets the core work on it afterwards. */
import { unheard } from './gateway-side.js'
import type { Mutant } from './mutant.js'

export const brokerPubackBeforeCommit: Mutant = {
  name: 'broker-puback-before-commit',
  plants: 'behind a broker an uplink is PUBACKed before what it says is committed',
  breaks: 'I5: nothing is acknowledged before it is durable',
  seenBy: 'acknowledged-is-durable',
  replaced: {
    brokerHandler: (own) => ({
      ...own,
      uplink: (sn, channel, payload) => {
        unheard(own.uplink(sn, channel, payload))
        return Promise.resolve({ ok: true })
      },
    }),
  },
}
