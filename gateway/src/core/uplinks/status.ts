/** Status (signed): what the terminal's journal holds, in answer to a Query. */
import type { Status } from '@tillgate/protocol'

import { afterMove, raiseAlarm, uplinkInput } from './about-command.js'
import { refusedUplink, type UplinkHandler } from './context.js'
import { contradictionIn } from './contradiction.js'

export const onStatus: UplinkHandler<Status> = async (ports, session, said) => {
  const { message, commandId } = said.uplink
  if (message.state === 'DONE') {
    const claimed = { commandId, code: 0, payload: message.payload }
    const wrong = await contradictionIn(ports, session, claimed)
    if (wrong !== undefined) {
      await raiseAlarm(ports, session, 'CONFLICTING_ANSWER', {
        detail: wrong,
        evidence: said.evidence,
      })
      return refusedUplink('CONFLICTING_ANSWER')
    }
  }
  const result = await ports.records.submit('record-status', {
    ...uplinkInput(ports, session, said),
    journal: message.state,
    querySeq: message.querySeq,
    readyNonce: message.readyNonce ?? null,
    code: message.code,
    payload: message.payload,
  })
  return afterMove(ports, session, said, result)
}
