/** Accepted: the terminal has taken the command. */
import type { Accepted } from '@tillgate/protocol'

import { afterMove, uplinkInput } from './about-command.js'
import type { UplinkHandler } from './context.js'

export const onAccepted: UplinkHandler<Accepted> = async (ports, session, said) => {
  const result = await ports.records.submit('record-accepted', {
    ...uplinkInput(ports, session, said),
  })
  return afterMove(ports, session, said, result)
}
