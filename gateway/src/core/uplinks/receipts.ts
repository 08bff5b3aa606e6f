/**
 * Receipts: "what you said is durable". Never stored: if one is lost the terminal says it again, and the
 * repetition gets another. Fire and forget, so that a slow signer does not hold PUBACKs.
 */
import { receiptBody } from '../downlinks/bodies.js'
import type { Session } from '../sessions/session.js'
import type { Authentic, UplinkPorts } from './context.js'

export const sendReceipt = (ports: UplinkPorts, session: Session, said: Authentic): void => {
  const body = receiptBody(
    { sn: session.sn, ids: ports.ids },
    { messageId: said.uplink.messageId, hash: said.hash },
  )
  ports.signer
    .envelope('receipt', body)
    .then((envelope) => {
      if (!session.closed) session.link.send(envelope)
    })
    .catch((error: unknown) => {
      ports.log.warn('a receipt could not be signed', { sn: session.sn, error: String(error) })
    })
}
