/** Refused: the terminal will not, and says why. */
import { errorByNumber, type Refused } from '@tillgate/protocol'

import { afterMove, uplinkInput } from './about-command.js'
import type { UplinkHandler } from './context.js'

export const onRefused: UplinkHandler<Refused> = async (ports, session, said) => {
  const { message } = said.uplink
  const result = await ports.records.submit('record-refused', {
    ...uplinkInput(ports, session, said),
    code: message.code,
    codeName: errorByNumber(message.code)?.code ?? String(message.code),
    retry: errorByNumber(message.code)?.retry ?? 'no',
    readyNonce: message.readyNonce ?? null,
  })
  return afterMove(ports, session, said, result)
}
