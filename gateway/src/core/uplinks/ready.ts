/** Ready (signed): prepared and quiet, with totals and a fresh nonce; the lease runs. */
import type { Area, Ready } from '@tillgate/protocol'

import { afterMove, uplinkInput } from './about-command.js'
import type { UplinkHandler } from './context.js'

/** Counts and totals for the ledger; the hashes stay in the evidence. */
const summary = (areas: readonly Area[]): string =>
  areas
    .map(({ name, records, amountMinor }) => `${name} ${String(records)}/${String(amountMinor)}`)
    .join(', ')

export const onReady: UplinkHandler<Ready> = async (ports, session, said) => {
  const { message } = said.uplink
  const result = await ports.records.submit('record-ready', {
    ...uplinkInput(ports, session, said),
    readyNonce: message.readyNonce,
    leaseMs: message.leaseS * 1_000,
    summary: summary(message.settled),
  })
  return afterMove(ports, session, said, result)
}
