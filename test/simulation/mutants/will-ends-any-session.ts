/** A will, authentic but of an earlier connection, ends whatever session its terminal has by then. */
import { ownParts } from '@tillgate/gateway'

import { asIfSaid, hearing, isSignedByItself } from './broker-side.js'
import type { Mutant } from './mutant.js'

export const willEndsAnySession: Mutant = {
  name: 'will-ends-any-session',
  plants: 'the session nonce in a will is not compared with that of the session',
  breaks: 'a will ends only the session of its nonce',
  replaced: {
    parts: {
      openBrokered: (ports, receiving, leased) => {
        const own = ownParts.openBrokered(ports, receiving, leased)
        const present = (sn: string) => receiving.sessions.ofSn(sn)?.greeting?.nonce
        const handler = hearing((sn, read) => {
          const { uplink } = read
          const { message } = uplink
          const sessionNonce = present(sn)
          if (message.kind !== 'heartbeat' || !message.will || sessionNonce === undefined) {
            return undefined
          }
          return uplink.sn === sn && isSignedByItself(read)
            ? asIfSaid({ ...uplink, message: { ...message, sessionNonce } })
            : undefined
        })(own.handler)
        return { ...own, handler }
      },
    },
  },
}
