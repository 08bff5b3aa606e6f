/** PUBACK and DISCONNECT: MQTT 3.1.1 §3.4 and §3.14, MQTT 5 §3.4 and §3.14. */
import { reasons } from '../reason-codes.js'
import type { ByteReader } from './byte-reader.js'
import { readProperties } from './properties.js'
import type { Disconnect, MqttVersion, Puback } from './inbound.js'

/** MQTT 5 table 3.4. */
const pubackReasons: ReadonlySet<number> = new Set([
  0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99,
])

/** MQTT 5 table 3.13, those that a client may send. */
const disconnectReasons: ReadonlySet<number> = new Set([
  0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99,
])

export const readPuback = (reader: ByteReader, version: MqttVersion): Puback => {
  const packetId = reader.packetId()
  if (version === 4) {
    reader.expectEnd()
    return { cmd: 'puback', packetId, reason: reasons.success }
  }
  const reason = reader.left > 0 ? reader.u8() : reasons.success
  if (!pubackReasons.has(reason)) reader.malformed('[MQTT5 3.4.2.1] a reason code of PUBACK')
  if (reader.left > 0) readProperties(reader, 'puback')
  reader.expectEnd()
  return { cmd: 'puback', packetId, reason }
}

export const readDisconnect = (reader: ByteReader, version: MqttVersion): Disconnect => {
  if (version === 4) {
    reader.expectEnd()
    return { cmd: 'disconnect', reason: reasons.success, sessionExpiryS: undefined }
  }
  const reason = reader.left > 0 ? reader.u8() : reasons.success
  if (!disconnectReasons.has(reason)) reader.malformed('[MQTT5 3.14.2.1] a reason code of a client')
  const properties = reader.left > 0 ? readProperties(reader, 'disconnect') : undefined
  reader.expectEnd()
  const sessionExpiryS = properties?.numbers.get('sessionExpiryInterval')
  return { cmd: 'disconnect', reason, sessionExpiryS }
}
