/**
 * An authentic answer can still be wrong: a Bind counts as done only if the terminal confirms the
 * parameters and the epoch that were sent.
 */
import { commandTypeNumbers, parseResult, uuidToText } from '@tillgate/protocol'

import type { GreetedSession, UplinkPorts } from './context.js'

export interface ClaimedResult {
  readonly commandId: Uint8Array | undefined
  readonly code: number
  readonly payload: Uint8Array
}

/** Only a Bind's result says something to compare; a type that this session did not send is looked up. */
export const mayContradict = (
  session: GreetedSession,
  { commandId, code }: ClaimedResult,
): boolean => {
  if (code !== 0 || commandId === undefined) return false
  const type = session.greeting.lane.attempts.get(uuidToText(commandId))?.type
  return type === undefined || type === commandTypeNumbers.Bind
}

/** What is wrong with it, in words; undefined where nothing is. */
export const contradictionIn = async (
  ports: UplinkPorts,
  session: GreetedSession,
  claimed: ClaimedResult,
): Promise<string | undefined> => {
  const { commandId } = claimed
  if (commandId === undefined || !mayContradict(session, claimed)) return undefined
  const command = await ports.records.read('command-by-uuid', { uuid: commandId })
  if (command === undefined || command.terminalId !== session.terminalId) return undefined
  const parsed = parseResult(command.type, claimed.payload)
  if (!parsed.ok) return `the payload of the result is broken: ${parsed.field} ${parsed.rule}`
  if (command.type !== commandTypeNumbers.Bind || parsed.value.type !== 'Bind') return undefined
  const sent = ports.digest.sha256(command.payload)
  return parsed.value.bindingEpoch === command.bindingEpoch &&
    ports.digest.equal(parsed.value.paramsHash, sent)
    ? undefined
    : 'the terminal confirms other parameters than were sent'
}
