/**
 * One whole packet, as the frame gate cut it, into what the session machine takes. Reads the raw bytes
 * itself and strictly: a second parser behind these checks would read the same bytes once more, and
 * could read them differently. It must never be given more or less than one packet.
 * Fixed header and its flags: MQTT 3.1.1 §2.2, MQTT 5 §2.1.
 */
import { reasons } from '../reason-codes.js'
import { ByteReader } from './byte-reader.js'
import type { PacketFault } from './byte-reader.js'
import { readConnect } from './connect.js'
import { readDisconnect, readPuback } from './endings.js'
import type { InboundPacket, MqttVersion } from './inbound.js'
import { readPublish } from './publish.js'
import { readSubscribe, readUnsubscribe } from './subscribe.js'

export type ReadResult =
  | { readonly ok: true; readonly packet: InboundPacket }
  | { readonly ok: false; readonly fault: PacketFault }

/** MQTT 3.1.1 table 2.1; the same numbers in MQTT 5. */
const types = {
  connect: 1,
  publish: 3,
  puback: 4,
  pubrel: 6,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
  auth: 15,
} as const

/** Before CONNECT has named a version there is only CONNECT. */
export const readPacket = (bytes: Uint8Array, version: MqttVersion | undefined): ReadResult => {
  const first = bytes[0] ?? 0
  const type = first >> 4
  const flags = first & 0x0f
  const reader = new ByteReader(bytes, bodyStart(bytes))
  if (flags !== flagsOf(type) && type !== types.publish) {
    reader.malformed('[MQTT-2.2.2-1] reserved flags of the fixed header')
  }
  const packet = readBody(reader, type, flags, version)
  if (packet !== undefined && reader.fault === undefined) return { ok: true, packet }
  const unread = { reason: reasons.malformedPacket, rule: 'a packet that cannot be read' }
  return { ok: false, fault: reader.fault ?? unread }
}

const readBody = (
  reader: ByteReader,
  type: number,
  flags: number,
  version: MqttVersion | undefined,
): InboundPacket | undefined => {
  if (type === types.connect) return readConnect(reader)
  if (version === undefined) {
    reader.protocolError('[MQTT-3.1.0-1] the first packet is CONNECT')
    return undefined
  }
  switch (type) {
    case types.publish:
      return readPublish(reader, flags, version)
    case types.puback:
      return readPuback(reader, version)
    case types.subscribe:
      return readSubscribe(reader, version)
    case types.unsubscribe:
      return readUnsubscribe(reader, version)
    case types.disconnect:
      return readDisconnect(reader, version)
    case types.pingreq:
      reader.expectEnd()
      return { cmd: 'pingreq' }
    case types.auth:
      reader.protocolError('[MQTT-4.12.0-6] AUTH without an authentication method in CONNECT')
      return undefined
    default:
      // Type 0, what only a server sends, and the handshake of QoS 2, which is granted to nobody.
      reader.protocolError('a packet that a client has no cause to send')
      return undefined
  }
}

const flagsOf = (type: number): number =>
  type === types.subscribe || type === types.unsubscribe || type === types.pubrel ? 0x02 : 0x00

/** After the remaining length, which the frame gate has read before. */
const bodyStart = (bytes: Uint8Array): number => {
  let at = 1
  while (((bytes[at] ?? 0) & 0x80) !== 0) at += 1
  return at + 1
}
