/** SUBSCRIBE and UNSUBSCRIBE: MQTT 3.1.1 §3.8 and §3.10, MQTT 5 §3.8 and §3.10. */
import type { ByteReader } from './byte-reader.js'
import { readProperties, noProperties } from './properties.js'
import type { MqttVersion, Subscribe, SubscriptionRequest, Unsubscribe } from './inbound.js'

export const readSubscribe = (reader: ByteReader, version: MqttVersion): Subscribe => {
  const packetId = reader.packetId()
  const properties = version === 5 ? readProperties(reader, 'subscribe') : noProperties
  const requests: SubscriptionRequest[] = []
  while (reader.left > 0) requests.push(readRequest(reader, version))
  if (requests.length === 0) reader.protocolError('[MQTT-3.8.3-3] a SUBSCRIBE without a filter')
  const identified = properties.has('subscriptionIdentifier')
  return { cmd: 'subscribe', packetId, requests, identified }
}

const readRequest = (reader: ByteReader, version: MqttVersion): SubscriptionRequest => {
  const filter = readFilter(reader)
  const options = reader.u8()
  const qos = options & 0x03
  const reserved = version === 5 ? 0xc0 : 0xfc
  if ((options & reserved) !== 0) reader.malformed('[MQTT-3.8.3-4] reserved bits of a subscription')
  if (qos === 3) reader.malformed('[MQTT-3.8.3-4] a QoS of 3')
  if (version === 5 && (options & 0x30) === 0x30) {
    reader.protocolError('[MQTT5 3.8.3.1] a retain handling of 3')
  }
  return { filter, qos: qos === 0 ? 0 : qos === 1 ? 1 : 2 }
}

export const readUnsubscribe = (reader: ByteReader, version: MqttVersion): Unsubscribe => {
  const packetId = reader.packetId()
  if (version === 5) readProperties(reader, 'unsubscribe')
  const filters: string[] = []
  while (reader.left > 0) filters.push(readFilter(reader))
  if (filters.length === 0) reader.protocolError('[MQTT-3.10.3-2] an UNSUBSCRIBE without a filter')
  return { cmd: 'unsubscribe', packetId, filters }
}

const readFilter = (reader: ByteReader): string => {
  const filter = reader.text()
  if (filter === '') reader.malformed('[MQTT-4.7.3-1] an empty topic filter')
  return filter
}
