/** A broker's topics are taken for an identity: what lies on a terminal's topic is its own word. */
import { asIfSaid, hearing } from './broker-side.js'
import type { Mutant } from './mutant.js'

export const topicIsIdentity: Mutant = {
  name: 'topic-is-identity',
  plants: "what a terminal says counts as another's where a broker puts it on that one's topic",
  breaks: 'I3, and: under an external broker identity is the uplink’s authentication alone',
  replaced: {
    brokerHandler: hearing((sn, { uplink, auth }) =>
      auth?.kind === 'signature' && uplink.sn !== sn ? asIfSaid({ ...uplink, sn }) : undefined,
    ),
  },
}
