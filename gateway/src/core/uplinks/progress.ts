/** Progress: the terminal is at it; the first of each stage moves the command. */
import type { Progress } from '@tillgate/protocol'

import { afterMove, uplinkInput } from './about-command.js'
import type { UplinkHandler } from './context.js'

export const onProgress: UplinkHandler<Progress> = async (ports, session, said) => {
  const { message } = said.uplink
  const result = await ports.records.submit('record-progress', {
    ...uplinkInput(ports, session, said),
    phase: message.phase,
    erasing: message.phase === 'ERASING_KEYS' || message.phase === 'ERASING_PARAMS',
    isDone: message.total > 0 && message.done >= message.total,
    resumed: message.resumed,
  })
  return afterMove(ports, session, said, result)
}
