/** PUBLISH: MQTT 3.1.1 §3.3, MQTT 5 §3.3. Whose topic it is, is for the session machine to say. */
import { reasons } from '../reason-codes.js'
import type { ByteReader } from './byte-reader.js'
import { readProperties, noProperties } from './properties.js'
import type { MqttVersion, Publish } from './inbound.js'

export const readPublish = (
  reader: ByteReader,
  flags: number,
  version: MqttVersion,
): Publish | undefined => {
  const qos = (flags >> 1) & 0x03
  if (qos === 3) {
    reader.malformed('[MQTT-3.3.1-4] a QoS of 3')
    return undefined
  }
  if (qos === 0 && (flags & 0x08) !== 0) reader.malformed('[MQTT-3.3.1-2] DUP at QoS 0')
  const topic = reader.text()
  if (/[#+]/.test(topic)) {
    reader.fail(reasons.topicNameInvalid, '[MQTT-3.3.2-2] a wildcard in a topic name')
  }
  const packetId = qos === 0 ? undefined : reader.packetId()
  const properties = version === 5 ? readProperties(reader, 'publish') : noProperties
  const aliased = properties.has('topicAlias')
  if (topic === '' && !aliased) reader.protocolError('[MQTT-4.7.3-1] an empty topic name')
  return {
    cmd: 'publish',
    topic,
    qos: qos === 0 ? 0 : qos === 1 ? 1 : 2,
    retain: (flags & 0x01) !== 0,
    packetId,
    aliased,
    payload: reader.rest(),
  }
}
