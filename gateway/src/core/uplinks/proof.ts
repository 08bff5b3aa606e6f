/** Proof (signed): the erasure has taken place; kept by the terminal until its Receipt. */
import type { Proof } from '@tillgate/protocol'

import { afterMove, uplinkInput } from './about-command.js'
import { refusedUplink, type UplinkHandler } from './context.js'

export const onProof: UplinkHandler<Proof> = async (ports, session, said) => {
  const { message } = said.uplink
  if (said.evidence === null) return refusedUplink('NOT_SIGNED')
  const result = await ports.records.submit('record-proof', {
    ...uplinkInput(ports, session, said),
    readyNonce: message.readyNonce,
    proceedHash: message.proceedHash,
    assetEpoch: message.assetEpoch,
    bindingEpoch: message.bindingEpoch,
    partial: message.partial,
    certificateId: session.certificateId,
    envelope: said.evidence,
    bodyHash: said.hash,
  })
  return afterMove(ports, session, said, result)
}
