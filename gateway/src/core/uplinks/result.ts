/**
 * Result: how a command ended. A Bind counts as done only if the terminal confirms the parameters that
 * were sent: their hash and epoch are compared here, before the records are asked.
 */
import {
  commandTypeNumbers,
  errorNumber,
  parseResult,
  uuidToText,
  type Result,
  type Uplink,
} from '@tillgate/protocol'

import { afterMove, raiseAlarm, uplinkInput } from './about-command.js'
import {
  refusedUplink,
  type Authentic,
  type GreetedSession,
  type UplinkHandler,
  type UplinkPorts,
} from './context.js'

/** What the result claims, where it can be wrong although it is authentic. */
const contradiction = async (
  ports: UplinkPorts,
  session: GreetedSession,
  said: Authentic<Result>,
): Promise<string | undefined> => {
  const { message, commandId } = said.uplink
  if (message.code !== 0 || commandId === undefined) return undefined
  const command = await ports.records.read('command-by-uuid', { uuid: commandId })
  if (command === undefined || command.terminalId !== session.terminalId) return undefined
  const parsed = parseResult(command.type, message.payload)
  if (!parsed.ok) return `the payload of the result is broken: ${parsed.field} ${parsed.rule}`
  if (command.type !== commandTypeNumbers.Bind || parsed.value.type !== 'Bind') return undefined
  const sent = ports.digest.sha256(command.payload)
  return parsed.value.bindingEpoch === command.bindingEpoch &&
    ports.digest.equal(parsed.value.paramsHash, sent)
    ? undefined
    : 'the terminal confirms other parameters than were sent'
}

/** Only a Bind's result says something to compare; a type that this session did not send is looked up. */
const mayContradict = (
  session: GreetedSession,
  { message, commandId }: Uplink<Result>,
): boolean => {
  if (message.code !== 0 || commandId === undefined) return false
  const type = session.greeting.lane.attempts.get(uuidToText(commandId))?.type
  return type === undefined || type === commandTypeNumbers.Bind
}

export const onResult: UplinkHandler<Result> = async (ports, session, said) => {
  const { message } = said.uplink
  const wrong = mayContradict(session, said.uplink)
    ? await contradiction(ports, session, said)
    : undefined
  if (wrong !== undefined) {
    await raiseAlarm(ports, session, 'CONFLICTING_ANSWER', {
      detail: wrong,
      evidence: said.evidence,
    })
  }
  const result = await ports.records.submit('record-result', {
    ...uplinkInput(ports, session, said),
    code: wrong === undefined ? message.code : errorNumber('CONFLICTING_ANSWER'),
    payload: message.payload,
    interrupted: message.unknown,
  })
  const outcome = await afterMove(ports, session, said, result)
  return wrong === undefined ? outcome : refusedUplink('CONFLICTING_ANSWER')
}
