/** The Receipt goes out when the evidence comes in. */
import { ownParts, type CoreParts, type LinkSession } from '@tillgate/gateway'
import { encodeDownlink, parseEnvelope, parseUplink, wantsReceipt } from '@tillgate/protocol'

import { unheard } from './gateway-side.js'
import type { Mutant } from './mutant.js'

type Ports = Parameters<CoreParts['createLinkHandler']>[0]

const sendReceipt = (ports: Ports, link: LinkSession, payload: Uint8Array): void => {
  const envelope = parseEnvelope(payload)
  const uplink = envelope.ok ? parseUplink(envelope.value.body) : undefined
  if (!envelope.ok || uplink?.ok !== true || !wantsReceipt(uplink.value.message.kind, false)) return
  const hash = ports.digest.sha256(envelope.value.body)
  const { messageId } = uplink.value
  const body = encodeDownlink({
    sn: link.sn,
    messageId: ports.ids.next(),
    message: { kind: 'receipt', messageId, hash },
  })
  unheard(ports.signer.envelope('receipt', body).then((signed) => link.send(signed)))
}

export const receiptBeforeCommit: Mutant = {
  name: 'receipt-before-commit',
  plants: 'evidence gets its Receipt before it is committed',
  breaks: 'I5: nothing is acknowledged before it is durable',
  replaced: {
    parts: {
      createLinkHandler: (ports) => {
        const own = ownParts.createLinkHandler(ports)
        return {
          ...own,
          uplink: (link, channel, payload) => {
            sendReceipt(ports, link, payload)
            return own.uplink(link, channel, payload)
          },
        }
      },
    },
  },
}
