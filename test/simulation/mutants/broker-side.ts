/** Wrapping what a gateway is made of behind a broker: what comes in from it, read and said otherwise. */
import { ownParts, type BrokerHandler, type CoreParts } from '@tillgate/gateway'
import {
  encodeUplink,
  parseEnvelope,
  parseUplink,
  signBody,
  verifySignature,
  type Envelope,
  type Uplink,
} from '@tillgate/protocol'

import { simulatedKey, simulatedPrimitives } from '../world/crypto.js'

export interface Read {
  readonly uplink: Uplink
  readonly body: Uint8Array
  readonly auth: Envelope['auth']
}

export const uplinkIn = (payload: Uint8Array): Read | undefined => {
  const envelope = parseEnvelope(payload)
  const uplink = envelope.ok ? parseUplink(envelope.value.body) : undefined
  return envelope.ok && uplink?.ok === true
    ? { uplink: uplink.value, body: envelope.value.body, auth: envelope.value.auth }
    : undefined
}

/** Under the key of the terminal in its name: as if nobody had to look whether it is. */
export const asIfSaid = (uplink: Uplink): Uint8Array =>
  signBody(simulatedPrimitives, simulatedKey(uplink.sn), 'device', encodeUplink(uplink))

/** Its own signature holds. */
export const isSignedByItself = ({ uplink, body, auth }: Read): boolean =>
  auth?.kind === 'signature' &&
  verifySignature(simulatedPrimitives, simulatedKey(uplink.sn), 'device', body, auth)

/** Every uplink, before the core has it, in another form; undefined: as it came. */
export const hearing =
  (otherwise: (sn: string, read: Read) => Uint8Array | undefined) =>
  (own: BrokerHandler): BrokerHandler => ({
    ...own,
    uplink: (sn, channel, payload) => {
      const read = uplinkIn(payload)
      const other = read === undefined ? undefined : otherwise(sn, read)
      return own.uplink(sn, channel, other ?? payload)
    },
  })

type OpenBrokered = CoreParts['openBrokered']

/** The part of a core behind a broker, over other ports. */
export const openingBrokered = (
  otherwise: (
    ports: Parameters<OpenBrokered>[0],
    receiving: Parameters<OpenBrokered>[1],
  ) => readonly [Parameters<OpenBrokered>[0], Parameters<OpenBrokered>[1]],
): Partial<CoreParts> => ({
  openBrokered: (ports, receiving, leased) =>
    ownParts.openBrokered(...otherwise(ports, receiving), leased),
})
