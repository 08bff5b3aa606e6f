/** Status (signed): what the terminal's journal holds, in answer to a Query. */
import type { Status } from '@tillgate/protocol'

import { afterMove, uplinkInput } from './about-command.js'
import type { UplinkHandler } from './context.js'

export const onStatus: UplinkHandler<Status> = async (ports, session, said) => {
  const { message } = said.uplink
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
