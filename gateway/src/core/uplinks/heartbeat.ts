/**
 * Heartbeat: alive. Nothing is written for it. As a will it says that the session of its nonce has
 * ended, which the link tells us as well.
 */
import type { Heartbeat } from '@tillgate/protocol'

import { heard, refusedUplink, type UplinkHandler } from './context.js'

export const onHeartbeat: UplinkHandler<Heartbeat> = (ports, session, said) => {
  const { message } = said.uplink
  const current = ports.digest.equal(message.sessionNonce, session.greeting.nonce)
  return Promise.resolve(current ? heard : refusedUplink('UNKNOWN_SESSION'))
}
