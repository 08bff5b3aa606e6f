/**
 * CONNECT: MQTT 3.1.1 §3.1, MQTT 5 §3.1. The only packet that is read without knowing the version: it
 * names it. A protocol level that we don't speak is a fault of its own, because its answer is.
 */
import { reasons } from '../reason-codes.js'
import type { ByteReader } from './byte-reader.js'
import { readProperties, noProperties } from './properties.js'
import type { Connect, MqttVersion, Will } from './inbound.js'

interface ConnectFlags {
  readonly userName: boolean
  readonly password: boolean
  readonly willRetain: boolean
  readonly willQos: number
  readonly will: boolean
}

const receiveMaximumDefault = 65_535
const packetBytesUnlimited = 2 ** 28 + 4

export const readConnect = (reader: ByteReader): Connect | undefined => {
  const version = readVersion(reader)
  if (version === undefined) return undefined
  const flags = readFlags(reader, version)
  const keepAliveS = reader.u16()
  const properties = version === 5 ? readProperties(reader, 'connect') : noProperties
  if (properties.has('authenticationData') && !properties.has('authenticationMethod')) {
    reader.protocolError('[MQTT5 3.1.2.11.10] authentication data without a method')
  }
  const clientId = reader.text()
  const will = flags.will ? readWill(reader, version, flags) : undefined
  if (flags.userName) reader.text()
  if (flags.password) reader.binary()
  reader.expectEnd()
  const { numbers } = properties
  return {
    cmd: 'connect',
    version,
    clientId,
    keepAliveS,
    will,
    sessionExpiryS: numbers.get('sessionExpiryInterval') ?? 0,
    receiveMaximum: numbers.get('receiveMaximum') ?? receiveMaximumDefault,
    packetBytesMax: numbers.get('maximumPacketSize') ?? packetBytesUnlimited,
    enhancedAuthentication: properties.has('authenticationMethod'),
  }
}

const readVersion = (reader: ByteReader): MqttVersion | undefined => {
  const name = reader.text()
  const level = reader.u8()
  if (name === 'MQTT' && (level === 4 || level === 5)) return level
  if (name === 'MQTT' || name === 'MQIsdp') {
    reader.fail(reasons.unsupportedProtocolVersion, '[MQTT-3.1.2-2] a protocol level of 4 or 5')
  } else {
    reader.malformed('[MQTT-3.1.2-1] the protocol name is MQTT')
  }
  return undefined
}

const readFlags = (reader: ByteReader, version: MqttVersion): ConnectFlags => {
  const bits = reader.u8()
  const flags = {
    userName: (bits & 0x80) !== 0,
    password: (bits & 0x40) !== 0,
    willRetain: (bits & 0x20) !== 0,
    willQos: (bits >> 3) & 0x03,
    will: (bits & 0x04) !== 0,
  }
  if ((bits & 0x01) !== 0) reader.malformed('[MQTT-3.1.2-3] the reserved flag of CONNECT is 0')
  if (flags.willQos === 3) reader.malformed('[MQTT-3.1.2-14] the QoS of a will is not 3')
  if (!flags.will && (flags.willQos !== 0 || flags.willRetain)) {
    reader.malformed('[MQTT-3.1.2-13] no will, no QoS or RETAIN of a will')
  }
  if (version === 4 && flags.password && !flags.userName) {
    reader.malformed('[MQTT-3.1.2-22] no user name, no password')
  }
  return flags
}

const readWill = (reader: ByteReader, version: MqttVersion, flags: ConnectFlags): Will => {
  if (version === 5) readProperties(reader, 'will')
  const topic = reader.text()
  return {
    topic,
    qos: qosOf(flags.willQos),
    retain: flags.willRetain,
    payload: reader.binary(),
  }
}

const qosOf = (bits: number): 0 | 1 | 2 => (bits === 0 ? 0 : bits === 1 ? 1 : 2)

/** The level a faulty CONNECT asked for, as far as it can be made out: its answer depends on it. */
export const claimedLevel = (bytes: Uint8Array): number | undefined => {
  let at = 1
  while (((bytes[at] ?? 0) & 0x80) !== 0) at += 1
  const nameLength = (bytes[at + 1] ?? 0) * 256 + (bytes[at + 2] ?? 0)
  const name = String.fromCharCode(...bytes.subarray(at + 3, at + 3 + Math.min(nameLength, 6)))
  return name === 'MQTT' || name === 'MQIsdp' ? bytes[at + 3 + nameLength] : undefined
}
