/**
 * Ready (signed): prepared and quiet, with totals and a fresh nonce; the lease runs. One that still
 * names sales, offline sales or reversals is none: with it nothing may be erased (domain U2). The erase after a
 * forced close alone was ordered without settlement: there they are named, and go.
 */
import { parsePayload, unsettledAreas, type Area, type Ready } from '@tillgate/protocol'

import { afterMove, raiseAlarm, uplinkInput } from './about-command.js'
import { refusedUplink, type UplinkHandler, type UplinkPorts } from './context.js'

/** Counts and totals for the ledger; the hashes stay in the evidence. */
const summary = (areas: readonly Area[]): string =>
  areas
    .map(({ name, records, amountMinor }) => `${name} ${String(records)}/${String(amountMinor)}`)
    .join(', ')

/** Asked of the command as it was ordered, and only where something is left. */
const isWithoutSettlement = async (
  { records }: UplinkPorts,
  terminalId: number,
  uuid: Uint8Array | undefined,
): Promise<boolean> => {
  const command = uuid && (await records.read('command-by-uuid', { uuid }))
  if (command?.terminalId !== terminalId) return false
  const payload = parsePayload(command.type, command.payload)
  return payload.ok && payload.value.type === 'Unbind' && payload.value.withoutSettlement === true
}

export const onReady: UplinkHandler<Ready> = async (ports, session, said) => {
  const { message, commandId } = said.uplink
  const unsettled = unsettledAreas(message)
  const isLeft = unsettled.length > 0
  const mayBeLeft = isLeft && (await isWithoutSettlement(ports, session.terminalId, commandId))
  if (isLeft && !mayBeLeft) {
    const detail = `ready, and not settled: ${unsettled.join(', ')}`
    await raiseAlarm(ports, session, 'BATCH_NOT_SETTLED', { detail, evidence: said.evidence })
    return refusedUplink('BATCH_NOT_SETTLED')
  }
  const result = await ports.records.submit('record-ready', {
    ...uplinkInput(ports, session, said),
    readyNonce: message.readyNonce,
    leaseMs: message.leaseS * 1_000,
    summary: summary(mayBeLeft ? message.areas : message.settled),
  })
  return afterMove(ports, session, said, result)
}
