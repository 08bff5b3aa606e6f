/**
 * Heartbeat: alive. Nothing is written for it. As a will it says that the session of its nonce has
 * ended; a listener tells us that as well, behind a broker the will alone does.
 */
import type { Heartbeat } from '@tillgate/protocol'

import { heard, refusedUplink, type UplinkHandler } from './context.js'

export const onHeartbeat: UplinkHandler<Heartbeat> = (ports, session, said) => {
  const { message } = said.uplink
  const current = ports.digest.equal(message.sessionNonce, session.greeting.nonce)
  if (!current) return Promise.resolve(refusedUplink('UNKNOWN_SESSION'))
  if (message.will && session.brokered) session.link.close('peer')
  return Promise.resolve(heard)
}
