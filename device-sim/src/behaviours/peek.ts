/** What lies in a packet on its way down, for behaviours that choose by it. Checks no signature. */
import { parseDownlink, parseEnvelope, type DownlinkMessage } from '@tillgate/protocol'

export const messageIn = (payload: Uint8Array): DownlinkMessage | undefined => {
  const envelope = parseEnvelope(payload)
  const downlink = envelope.ok ? parseDownlink(envelope.value.body) : undefined
  return downlink?.ok === true ? downlink.value.message : undefined
}
