/**
 * Released (signed): the prepare is given up, the nonce is dead, the terminal sells again. One that was begun
 * from the terminal's menu names its nonce and no command.
 */
import type { Released } from '@tillgate/protocol'

import { afterMove, SessionFenced, uplinkInput } from './about-command.js'
import {
  heard,
  refusedUplink,
  type Authentic,
  type GreetedSession,
  type UplinkHandler,
  type UplinkPorts,
} from './context.js'
import type { UplinkOutcome } from '../ports/link.js'
import { sendReceipt } from './receipts.js'

/** Of what was begun from the terminal's menu: a nonce, and no command that hangs on it. */
const onOfflineReleased = async (
  ports: UplinkPorts,
  session: GreetedSession,
  said: Authentic<Released>,
  readyNonce: Uint8Array,
): Promise<UplinkOutcome> => {
  const { cause, abortSeq } = said.uplink.message
  if (said.evidence === null) return refusedUplink('NOT_SIGNED')
  const result = await ports.records.submit('record-offline-released', {
    terminalId: session.terminalId,
    fence: session.greeting.lane.fence,
    readyNonce,
    cause,
    abortSeq,
    evidence: said.evidence,
    atMs: ports.clock.now(),
  })
  if (!result.ok) {
    if (result.code === 'FENCED') throw new SessionFenced()
    return refusedUplink(result.code)
  }
  sendReceipt(ports, session, said)
  return heard
}

export const onReleased: UplinkHandler<Released> = async (ports, session, said) => {
  const { message, commandId } = said.uplink
  if (commandId === undefined && message.readyNonce !== undefined) {
    return onOfflineReleased(ports, session, said, message.readyNonce)
  }
  const result = await ports.records.submit('record-released', {
    ...uplinkInput(ports, session, said),
    readyNonce: message.readyNonce ?? null,
    cause: message.cause,
    abortSeq: message.abortSeq,
  })
  return afterMove(ports, session, said, result)
}
