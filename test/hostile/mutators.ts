// What a hostile terminal does to a packet that was right, by name. Most know the grammar: they lie in
// one field and leave the rest whole, so that the lie gets as deep as it can. Pure but for the chance
// that they are given.
import { bytesOf, oneOf, type Below } from './seed.js'
import type { Grammar } from './valid-packets.js'

export type Mutator = (packet: Buffer, below: Below, grammar: Grammar) => Buffer

const PUBLISH = 3

/** The remaining length as MQTT counts it, in `bytes` bytes at least. */
const lengthOf = (value: number, bytesMin = 1): Buffer => {
  const bytes: number[] = []
  let left = value
  do {
    const more = left > 127 || bytes.length + 1 < bytesMin
    bytes.push((left & 0x7f) | (more ? 0x80 : 0))
    left >>>= 7
  } while (left > 0 || bytes.length < bytesMin)
  return Buffer.from(bytes)
}

/** Where the body of a packet begins. */
const bodyAt = (packet: Buffer): number => {
  let at = 1
  while (at < packet.length && ((packet[at] ?? 0) & 0x80) !== 0) at += 1
  return Math.min(at + 1, packet.length)
}

const bodyOf = (packet: Buffer): Buffer => packet.subarray(bodyAt(packet))

export const framed = (first: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([first]), lengthOf(body.length), body])

/** A length-prefixed field. */
export const text = (bytes: Uint8Array): Buffer => {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

const announced = (packet: Buffer, length: Buffer): Buffer =>
  Buffer.concat([packet.subarray(0, 1), length, bodyOf(packet)])

const withBody = (packet: Buffer, change: (body: Buffer) => Buffer): Buffer =>
  framed(packet[0] ?? 0, change(Buffer.from(bodyOf(packet))))

const isPublish = (packet: Buffer): boolean => (packet[0] ?? 0) >> 4 === PUBLISH

/** A PUBLISH to the own topic with this in the place of its topic. */
const publishTo = (topic: Uint8Array, { version }: Grammar, qos = 1): Buffer =>
  framed(
    0x30 | (qos << 1),
    Buffer.concat([
      text(topic),
      qos === 0 ? Buffer.alloc(0) : Buffer.from([0, 9]),
      version === 5 ? Buffer.from([0]) : Buffer.alloc(0),
      Buffer.from('payload'),
    ]),
  )

const badTexts: readonly Buffer[] = [
  'c080', // an overlong NUL
  'eda080', // a surrogate
  'f4908080', // beyond U+10FFFF
  'ff',
  'e282', // cut off
  '00', // U+0000
].map((hex) => Buffer.from(hex, 'hex'))

const foreignTopics = (sn: string): readonly string[] => [
  'tg/1/SN-0002/up',
  `tg/1/${sn}/down`,
  `tg/1/${sn}/up/`,
  `tg/1/${sn}`,
  `/tg/1/${sn}/up`,
  `tg/1//up`,
  `tg/1/+/up`,
  '#',
  '$SYS/broker/uptime',
  `$share/g/tg/1/${sn}/up`,
  `tg/1/${sn.toLowerCase()}/up`,
  '',
]

const pair = Buffer.concat([Buffer.from([0x26]), text(Buffer.from('a')), text(Buffer.from('b'))])

/** Properties that are too many, twice, unknown, or in another length than they say. */
const bombs: readonly ((below: Below) => Buffer)[] = [
  (below) => Buffer.alloc(pair.length * (1 + below(4_000)), pair),
  () => Buffer.from([0x01, 1, 0x01, 1]),
  () => Buffer.from([0x7e, 0]),
  () => Buffer.from([0x23, 0, 0]),
  () => Buffer.from([0x0b, 0x80, 0x80, 0x80]),
]

const bombed: Mutator = (_packet, below, { sn }) => {
  const bomb = oneOf(bombs, below)(below)
  const lie = below(4) === 0 ? below(bomb.length + 300) : bomb.length
  const topic = text(Buffer.from(`tg/1/${sn}/up`))
  return framed(0x32, Buffer.concat([topic, Buffer.from([0, 7]), lengthOf(lie), bomb]))
}

export const mutators: Readonly<Record<string, Mutator>> = {
  'a bit flipped': (packet, below) => {
    const bytes = Buffer.from(packet)
    const at = below(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
    return bytes
  },
  'a byte replaced': (packet, below) => {
    const bytes = Buffer.from(packet)
    bytes[below(bytes.length)] = below(256)
    return bytes
  },
  'cut short': (packet, below) => packet.subarray(0, 1 + below(packet.length)),
  'cut short, announced right': (packet, below) =>
    withBody(packet, (body) => body.subarray(0, below(body.length + 1))),
  'a hole': (packet, below) =>
    withBody(packet, (body) => {
      const at = below(body.length + 1)
      return Buffer.concat([body.subarray(0, at), body.subarray(at + below(8))])
    }),
  'bytes put in': (packet, below) =>
    withBody(packet, (body) => {
      const at = below(body.length + 1)
      return Buffer.concat([body.subarray(0, at), bytesOf(1 + below(8), below), body.subarray(at)])
    }),
  'a field’s length lies': (packet, below) =>
    withBody(packet, (body) => {
      if (body.length > 1) body.writeUInt16BE(below(65_536), below(body.length - 1))
      return body
    }),
  'announces more': (packet, below) =>
    announced(packet, lengthOf(bodyOf(packet).length + 1 + below(300))),
  'announces less': (packet, below) =>
    announced(packet, lengthOf(below(bodyOf(packet).length + 1))),
  'announces in too many bytes': (packet) => announced(packet, lengthOf(bodyOf(packet).length, 4)),
  'announces in five bytes': (packet) => announced(packet, Buffer.from('ffffffff01', 'hex')),
  'announces 256 MB': (packet) => announced(packet, Buffer.from('ffffff7f', 'hex')),
  'announces a byte too many': (packet) => announced(packet, lengthOf(65_536 - 3)),
  'bad text in its topic': (_packet, below, grammar) =>
    publishTo(
      Buffer.concat([Buffer.from(`tg/1/${grammar.sn}/u`), oneOf(badTexts, below)]),
      grammar,
    ),
  'bad text in its first field': (packet, below) =>
    withBody(packet, (body) => {
      const bad = oneOf(badTexts, below)
      if (body.length >= 2 + bad.length) bad.copy(body, 2)
      return body
    }),
  'a huge topic': (_packet, below, grammar) =>
    publishTo(Buffer.alloc(below(65_500), 0x61), grammar),
  'a topic not its own': (_packet, below, grammar) =>
    publishTo(Buffer.from(oneOf(foreignTopics(grammar.sn), below)), grammar, below(3)),
  'a property bomb': bombed,
  'other flags': (packet, below) => {
    const bytes = Buffer.from(packet)
    bytes[0] = ((bytes[0] ?? 0) & 0xf0) | below(16)
    return bytes
  },
  'another type': (packet, below) => {
    const bytes = Buffer.from(packet)
    bytes[0] = (below(16) << 4) | ((bytes[0] ?? 0) & 0x0f)
    return bytes
  },
  'another packet id': (packet, below, grammar) => {
    const bytes = Buffer.from(isPublish(packet) ? packet : grammar.publish(1, bytesOf(5, below)))
    const at = bodyAt(bytes)
    const topicBytes = bytes.length > at + 1 ? bytes.readUInt16BE(at) : 0
    const idAt = at + 2 + topicBytes
    if (idAt + 2 <= bytes.length) bytes.writeUInt16BE(oneOf([0, 1, 65_535], below), idAt)
    return bytes
  },
  'a second CONNECT': (_packet, _below, { connect }) => connect,
  'what only a server says': (_packet, below) =>
    Buffer.from(
      oneOf(['20020000', '9003000100', 'b0020001', 'd000', '50020001', '70020001'], below),
      'hex',
    ),
  'an AUTH': () => Buffer.from('f000', 'hex'),
  'two halves of two': (packet, below, { packets }) => {
    const other = oneOf(packets, below)
    const head = packet.subarray(0, below(packet.length + 1))
    return Buffer.concat([head, other.subarray(below(other.length))])
  },
  'said again and again': (packet, below) =>
    Buffer.concat(Array.from({ length: 2 + below(20) }, () => packet)),
  'a stranger’s bytes': (_packet, below) => bytesOf(1 + below(64), below),
  HTTP: () => Buffer.from('GET /mqtt HTTP/1.1\r\nHost: a\r\n\r\n'),
}

const named = Object.entries(mutators)

export interface Mutant {
  readonly bytes: Buffer
  /** What was done, for the message of a failing test. */
  readonly story: string
}

/** One packet of the grammar, spoiled once to three times. Never empty. */
export const mutant = (grammar: Grammar, below: Below): Mutant => {
  const index = below(grammar.packets.length)
  let bytes: Buffer = Buffer.from(grammar.packets[index] ?? grammar.connect)
  const done: string[] = []
  for (let times = 1 + below(3); times > 0 && bytes.length > 0; times -= 1) {
    const [name, spoil] = oneOf(named, below)
    bytes = Buffer.from(spoil(bytes, below, grammar))
    done.push(name)
  }
  return bytes.length > 0
    ? { bytes, story: `packet ${String(index)}: ${done.join(', ')}` }
    : { bytes: Buffer.from([below(256)]), story: 'one byte' }
}
