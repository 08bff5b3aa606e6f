/** Released (signed): the prepare is given up, the nonce is dead, the terminal sells again. */
import type { Released } from '@tillgate/protocol'

import { afterMove, uplinkInput } from './about-command.js'
import type { UplinkHandler } from './context.js'

export const onReleased: UplinkHandler<Released> = async (ports, session, said) => {
  const { message } = said.uplink
  const result = await ports.records.submit('record-released', {
    ...uplinkInput(ports, session, said),
    readyNonce: message.readyNonce ?? null,
    cause: message.cause,
    abortSeq: message.abortSeq,
  })
  return afterMove(ports, session, said, result)
}
