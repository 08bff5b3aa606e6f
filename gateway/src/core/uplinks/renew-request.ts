/** RenewRequest (signed): a CSR for the next identity key, vouched for by the one in force. */
import type { RenewRequest } from '@tillgate/protocol'

import { renewCertificateBody } from '../downlinks/bodies.js'
import { heard, refusedUplink, type UplinkHandler } from './context.js'

export const onRenewRequest: UplinkHandler<RenewRequest> = async (ports, session, said) => {
  const { message } = said.uplink
  const renewed = await ports.renewals.renew({
    terminalId: session.terminalId,
    sn: session.sn,
    certificateSha256: session.link.certificateSha256,
    csr: message.csr,
    proofOfOldKey: message.proofOfOldKey,
    nowMs: ports.clock.now(),
  })
  if (!renewed.ok) return refusedUplink(renewed.code)
  const body = renewCertificateBody(
    { sn: session.sn, ids: ports.ids },
    { reason: 'renewed', certificate: renewed.certificateDer, chain: renewed.chain },
  )
  const envelope = await ports.signer.envelope('ordinary', body)
  if (!session.closed) session.link.send(envelope)
  return heard
}
