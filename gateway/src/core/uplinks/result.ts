/** Result: how a command that destroys nothing ended. The first one counts. */
import { errorNumber, type Result } from '@tillgate/protocol'

import { afterMove, raiseAlarm, uplinkInput } from './about-command.js'
import { refusedUplink, type UplinkHandler } from './context.js'
import { contradictionIn } from './contradiction.js'

export const onResult: UplinkHandler<Result> = async (ports, session, said) => {
  const { message, commandId } = said.uplink
  const wrong = await contradictionIn(ports, session, { ...message, commandId })
  if (wrong !== undefined) {
    await raiseAlarm(ports, session, 'CONFLICTING_ANSWER', {
      detail: wrong,
      evidence: said.evidence,
    })
  }
  const result = await ports.records.submit('record-result', {
    code: wrong === undefined ? message.code : errorNumber('CONFLICTING_ANSWER'),
    payload: message.payload,
    interrupted: message.unknown,
    // Last: V8 takes a µs for each property that is added to a spread, nothing for a spread onto them.
    ...uplinkInput(ports, session, said),
  })
  const outcome = await afterMove(ports, session, said, result)
  return wrong === undefined ? outcome : refusedUplink('CONFLICTING_ANSWER')
}
