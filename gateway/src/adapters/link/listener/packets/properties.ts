/**
 * The properties of an MQTT 5 packet (§2.2.2): which may stand in which packet, how their values are
 * written, and that each stands there once. What we have no use for is checked all the same.
 */
import type { ByteReader } from './byte-reader.js'

type ValueType = 'flag' | 'u8' | 'u16' | 'u32' | 'varInt' | 'text' | 'pair' | 'binary'

export type PropertyHolder =
  'connect' | 'will' | 'publish' | 'puback' | 'subscribe' | 'unsubscribe' | 'disconnect' | 'auth'

interface PropertyRule {
  readonly name: string
  readonly type: ValueType
  readonly holders: readonly PropertyHolder[]
  /** 0 is a Protocol Error. */
  readonly notZero?: true
  /** May stand there more than once. */
  readonly many?: true
}

const everywhere: readonly PropertyHolder[] = [
  'connect',
  'will',
  'publish',
  'puback',
  'subscribe',
  'unsubscribe',
  'disconnect',
  'auth',
]
const messages: readonly PropertyHolder[] = ['publish', 'will']

/** MQTT 5 §2.2.2.2, those that a client may send. */
const rules: ReadonlyMap<number, PropertyRule> = new Map([
  [0x01, { name: 'payloadFormatIndicator', type: 'flag', holders: messages }],
  [0x02, { name: 'messageExpiryInterval', type: 'u32', holders: messages }],
  [0x03, { name: 'contentType', type: 'text', holders: messages }],
  [0x08, { name: 'responseTopic', type: 'text', holders: messages }],
  [0x09, { name: 'correlationData', type: 'binary', holders: messages }],
  [0x0b, { name: 'subscriptionIdentifier', type: 'varInt', holders: ['subscribe'], notZero: true }],
  [0x11, { name: 'sessionExpiryInterval', type: 'u32', holders: ['connect', 'disconnect'] }],
  [0x15, { name: 'authenticationMethod', type: 'text', holders: ['connect', 'auth'] }],
  [0x16, { name: 'authenticationData', type: 'binary', holders: ['connect', 'auth'] }],
  [0x17, { name: 'requestProblemInformation', type: 'flag', holders: ['connect'] }],
  [0x18, { name: 'willDelayInterval', type: 'u32', holders: ['will'] }],
  [0x19, { name: 'requestResponseInformation', type: 'flag', holders: ['connect'] }],
  [0x1f, { name: 'reasonString', type: 'text', holders: ['puback', 'disconnect', 'auth'] }],
  [0x21, { name: 'receiveMaximum', type: 'u16', holders: ['connect'], notZero: true }],
  [0x22, { name: 'topicAliasMaximum', type: 'u16', holders: ['connect'] }],
  [0x23, { name: 'topicAlias', type: 'u16', holders: ['publish'] }],
  [0x26, { name: 'userProperty', type: 'pair', holders: everywhere, many: true }],
  [0x27, { name: 'maximumPacketSize', type: 'u32', holders: ['connect'], notZero: true }],
] as const satisfies readonly (readonly [number, PropertyRule])[])

/** The numbers among them that somebody asks for; others are checked and dropped. */
export interface Properties {
  readonly numbers: ReadonlyMap<string, number>
  readonly has: (name: string) => boolean
}

const noNumbers: ReadonlyMap<string, number> = new Map()
export const noProperties: Properties = { numbers: noNumbers, has: () => false }

export const readProperties = (reader: ByteReader, holder: PropertyHolder): Properties => {
  const length = reader.varInt()
  if (length === 0) return noProperties
  const part = reader.part(length)
  const numbers = new Map<string, number>()
  const seen = new Set<string>()
  while (part.left > 0) readProperty(part, holder, numbers, seen)
  reader.adopt(part)
  return { numbers, has: (name) => seen.has(name) }
}

const readProperty = (
  part: ByteReader,
  holder: PropertyHolder,
  numbers: Map<string, number>,
  seen: Set<string>,
): void => {
  const rule = rules.get(part.varInt())
  if (rule === undefined || !rule.holders.includes(holder)) {
    part.malformed('[MQTT5 2.2.2.2] a property that does not belong into this packet')
    return
  }
  if (seen.has(rule.name) && rule.many !== true) {
    part.protocolError(`[MQTT5 2.2.2.2] ${rule.name} stands there twice`)
  }
  seen.add(rule.name)
  const value = readValue(part, rule.type)
  if (typeof value !== 'number') return
  if (rule.notZero === true && value === 0) part.protocolError(`[MQTT5] ${rule.name} is not 0`)
  numbers.set(rule.name, value)
}

const readValue = (part: ByteReader, type: ValueType): number | undefined => {
  switch (type) {
    case 'flag':
      return readFlag(part)
    case 'u8':
      return part.u8()
    case 'u16':
      return part.u16()
    case 'u32':
      return part.u32()
    case 'varInt':
      return part.varInt()
    case 'text':
      part.text()
      return undefined
    case 'pair':
      part.text()
      part.text()
      return undefined
    case 'binary':
      part.binary()
      return undefined
    default:
      return type satisfies never
  }
}

const readFlag = (part: ByteReader): number => {
  const value = part.u8()
  if (value > 1) part.protocolError('[MQTT5 2.2.2.2] a flag is 0 or 1')
  return value
}
