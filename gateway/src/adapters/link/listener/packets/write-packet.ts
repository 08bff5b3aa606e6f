/**
 * A packet as bytes. What a session writes all the time, PUBLISH and PUBACK as we send them, is put
 * together here in one piece, which costs a third; everything else is mqtt-packet's. The bytes are the
 * same. MQTT 3.1.1 §3.3–3.4, MQTT 5 the same.
 */
import { generate } from 'mqtt-packet'
import type { Packet as OutboundPacket } from 'mqtt-packet'
import type { MqttVersion } from './inbound.js'

const publishByte = 0x30
const pubackByte = 0x40

/** Seven bits a byte, four at most [MQTT 3.1.1 §2.2.3]. */
const lengthBytes = (length: number): number =>
  length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x20_0000 ? 3 : 4

const writeLength = (into: Buffer, at: number, length: number): number => {
  let rest = length
  let place = at
  for (; rest >= 0x80; rest >>>= 7) {
    into[place] = (rest & 0x7f) | 0x80
    place += 1
  }
  into[place] = rest
  return place + 1
}

/** A PUBLISH of ours: no DUP, no RETAIN, no properties; without a packet identifier at QoS 0. */
const publish = (
  topic: string,
  messageId: number | undefined,
  payload: Uint8Array,
  version: MqttVersion,
): Buffer => {
  const idBytes = messageId === undefined ? 0 : 2
  const propertyBytes = version === 5 ? 1 : 0
  const remaining = 2 + topic.length + idBytes + propertyBytes + payload.length
  const bytes = Buffer.allocUnsafe(1 + lengthBytes(remaining) + remaining)
  bytes[0] = messageId === undefined ? publishByte : publishByte | 0x02
  let at = writeLength(bytes, 1, remaining)
  at = bytes.writeUInt16BE(topic.length, at)
  at += bytes.write(topic, at, 'latin1')
  if (messageId !== undefined) at = bytes.writeUInt16BE(messageId, at)
  if (version === 5) bytes[at++] = 0
  bytes.set(payload, at)
  return bytes
}

const puback = (messageId: number): Buffer => {
  const bytes = Buffer.allocUnsafe(4)
  bytes[0] = pubackByte
  bytes[1] = 2
  bytes.writeUInt16BE(messageId, 2)
  return bytes
}

const isIdentifier = (id: number | undefined): id is number =>
  id !== undefined && Number.isInteger(id) && id > 0 && id <= 0xffff

/** Topics are serial numbers in ASCII, and payloads come as bytes: anything else is left to the package. */
const ascii = /^[\x20-\x7e]+$/

export const writePacket = (packet: OutboundPacket, version: MqttVersion): Buffer => {
  if (packet.cmd === 'puback' && isIdentifier(packet.messageId)) {
    // MQTT 3.1.1 knows no reason codes; on MQTT 5 success may be left out [MQTT 5 §3.4.2.1].
    const isShort = packet.reasonCode === (version === 5 ? 0 : undefined)
    if (isShort && packet.properties === undefined) return puback(packet.messageId)
  }
  if (packet.cmd === 'publish') {
    const { topic, payload, messageId, qos, dup, retain, properties } = packet
    const isId = qos === 0 ? messageId === undefined : isIdentifier(messageId)
    const isPlain = qos !== 2 && !dup && !retain && properties === undefined && isId
    if (isPlain && payload instanceof Uint8Array && ascii.test(topic))
      return publish(topic, messageId, payload, version)
  }
  return generate(packet, { protocolVersion: version })
}
