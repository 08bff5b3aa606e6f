/**
 * Ready (signed): prepared and quiet, with totals and a fresh nonce; the lease runs. One that still
 * names sales, offline sales or reversals is none: with it nothing may be erased (domain U2).
 */
import { unsettledAreas, type Area, type Ready } from '@tillgate/protocol'

import { afterMove, raiseAlarm, uplinkInput } from './about-command.js'
import { refusedUplink, type UplinkHandler } from './context.js'

/** Counts and totals for the ledger; the hashes stay in the evidence. */
const summary = (areas: readonly Area[]): string =>
  areas
    .map(({ name, records, amountMinor }) => `${name} ${String(records)}/${String(amountMinor)}`)
    .join(', ')

export const onReady: UplinkHandler<Ready> = async (ports, session, said) => {
  const { message } = said.uplink
  const unsettled = unsettledAreas(message)
  if (unsettled.length > 0) {
    const detail = `ready, and not settled: ${unsettled.join(', ')}`
    await raiseAlarm(ports, session, 'BATCH_NOT_SETTLED', { detail, evidence: said.evidence })
    return refusedUplink('BATCH_NOT_SETTLED')
  }
  const result = await ports.records.submit('record-ready', {
    ...uplinkInput(ports, session, said),
    readyNonce: message.readyNonce,
    leaseMs: message.leaseS * 1_000,
    summary: summary(message.settled),
  })
  return afterMove(ports, session, said, result)
}
