/** Heartbeats change nothing, so nobody looks who said them; but wills are heartbeats. */
import { asIfSaid, hearing } from './broker-side.js'
import type { Mutant } from './mutant.js'

export const willUnchecked: Mutant = {
  name: 'will-unchecked',
  plants: 'behind a broker the authentication of a will is not looked at',
  breaks: 'every uplink is authenticated, heartbeats included',
  replaced: {
    brokerHandler: hearing((sn, { uplink }) =>
      uplink.sn === sn && uplink.message.kind === 'heartbeat' && uplink.message.will
        ? asIfSaid(uplink)
        : undefined,
    ),
  },
}
