// Another reading of what a client has said: mqtt-packet's parser, and behind it the rules that it does
// not know, taken from the specification and from nothing of the listener. It says which PUBLISHes may be
// acknowledged at most, and after which byte nobody may be heard any more. It must never import the
// product.
import { parser } from 'mqtt-packet'
import type { IConnectPacket, Packet } from 'mqtt-packet'

export interface Justified {
  readonly channel: 'up' | 'state'
  /** Undefined at QoS 0. */
  readonly packetId: number | undefined
  readonly payload: Buffer
}

const connectBytesMax = 4_096
const packetBytesMax = 65_536
const lengthBytesMax = 4

/** Properties of PUBLISH from a client, MQTT 5 §3.3.2.3: the bytes of each, or how to find them. */
const publishProperties: Readonly<Record<number, number | 'text' | 'binary' | 'pair'>> = {
  0x01: 1,
  0x02: 4,
  0x03: 'text',
  0x08: 'text',
  0x09: 'binary',
  0x26: 'pair',
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined where it is no text of MQTT: [MQTT-1.5.3-1], [MQTT-1.5.3-2]. */
const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    const text = strict.decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

/** The end of a length-prefixed field; undefined where it reaches past the end or is no text. */
const fieldEnd = (bytes: Buffer, at: number, isText: boolean): number | undefined => {
  if (at + 2 > bytes.length) return undefined
  const end = at + 2 + bytes.readUInt16BE(at)
  if (end > bytes.length) return undefined
  return !isText || textOf(bytes.subarray(at + 2, end)) !== undefined ? end : undefined
}

const propertiesAreSound = (bytes: Buffer): boolean => {
  const seen = new Set<number>()
  for (let at = 0; at < bytes.length;) {
    const id = bytes[at] ?? 0
    const kind = publishProperties[id]
    if (kind === undefined || (seen.has(id) && kind !== 'pair')) return false
    seen.add(id)
    at += 1
    const ends =
      typeof kind === 'number'
        ? [at + kind]
        : kind === 'pair'
          ? [fieldEnd(bytes, at, true)].flatMap((end) => [end, end && fieldEnd(bytes, end, true)])
          : [fieldEnd(bytes, at, kind === 'text')]
    const end = ends.includes(undefined) ? undefined : ends.at(-1)
    if (end === undefined || end > bytes.length) return false
    at = end
  }
  return true
}

/** A length of MQTT at this place, and where it ends. */
const varInt = (bytes: Buffer, at: number): { value: number; end: number } | undefined => {
  let value = 0
  for (let index = 0; index < lengthBytesMax; index += 1) {
    const byte = bytes[at + index]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 128 ** index
    if ((byte & 0x80) === 0) return { value, end: at + index + 1 }
  }
  return undefined
}

export class Judge {
  /** A sound CONNECT of this very terminal came first. */
  mayOpen = false
  /** Why nothing after this may be heard. */
  over: string | undefined
  readonly justified: Justified[] = []
  will: Buffer | undefined
  readonly #sn: string
  #version: 4 | 5 = 4
  #bytes: Buffer = Buffer.alloc(0)

  constructor(sn: string) {
    this.#sn = sn
  }

  /** Whether nobody would be heard after these bytes. */
  wouldEnd(bytes: Uint8Array): boolean {
    const other = new Judge(this.#sn)
    other.mayOpen = this.mayOpen
    other.over = this.over
    other.#version = this.#version
    other.#bytes = this.#bytes
    other.feed(bytes)
    return other.over !== undefined
  }

  feed(bytes: Uint8Array): void {
    if (this.over !== undefined) return
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    while (this.over === undefined && this.#next());
  }

  #next(): boolean {
    const bytes = this.#bytes
    const first = bytes[0]
    if (first === undefined) return false
    if (!this.mayOpen && first !== 0x10) return this.#end('the first packet is no CONNECT')
    const length = varInt(bytes, 1)
    if (length === undefined) {
      return bytes.length > lengthBytesMax ? this.#end('a length that is none') : false
    }
    const end = length.end + length.value
    const most = this.mayOpen ? packetBytesMax : connectBytesMax
    if (end > most) return this.#end('too large')
    if (end > bytes.length) return false
    this.#bytes = bytes.subarray(end)
    this.#packet(bytes.subarray(0, end), length.end)
    return true
  }

  #end(why: string): false {
    this.over = why
    return false
  }

  #packet(bytes: Buffer, bodyAt: number): void {
    const read = this.#parsed(bytes)
    if (read === undefined) return void this.#end('unreadable')
    if (!this.mayOpen) {
      if (read.cmd === 'connect' && this.#isSoundConnect(read)) this.mayOpen = true
      else this.#end('an unsound CONNECT')
      return
    }
    if (read.cmd === 'publish') return this.#publish(bytes, bodyAt, read.payload)
    const mayGoOn = ['puback', 'subscribe', 'unsubscribe', 'pingreq'].includes(read.cmd)
    if (!mayGoOn) this.#end(`a ${read.cmd}`)
  }

  #parsed(bytes: Buffer): Packet | undefined {
    const theirs = parser({ protocolVersion: this.#version })
    const read: Packet[] = []
    let broken = false
    theirs.on('packet', (packet) => read.push(packet))
    theirs.on('error', () => {
      broken = true
    })
    theirs.parse(bytes)
    return broken || read.length !== 1 ? undefined : read[0]
  }

  #isSoundConnect(connect: IConnectPacket): boolean {
    const { protocolId, protocolVersion, clientId, will, properties } = connect
    if (protocolId !== 'MQTT' || (protocolVersion !== 4 && protocolVersion !== 5)) return false
    this.#version = protocolVersion
    if (clientId !== this.#sn || properties?.authenticationMethod !== undefined) return false
    if (will === undefined) return true
    this.will = Buffer.from(will.payload)
    return will.topic === `tg/1/${this.#sn}/state` && will.retain !== true && will.qos !== 2
  }

  /** By the raw bytes: what mqtt-packet lets pass here is a known list. */
  #publish(bytes: Buffer, bodyAt: number, read: string | Buffer): void {
    const flags = (bytes[0] ?? 0) & 0x0f
    const qos = (flags >> 1) & 0x03
    const topicEnd = fieldEnd(bytes, bodyAt, true)
    if (topicEnd === undefined) return void this.#end('a topic that is no text')
    const topic = textOf(bytes.subarray(bodyAt + 2, topicEnd))
    const up = topic === `tg/1/${this.#sn}/up`
    if (!up && topic !== `tg/1/${this.#sn}/state`) return void this.#end('a topic not its own')
    if (qos > 1 || (flags & 1) !== 0) return void this.#end('QoS 2, or retained')
    if (qos === 0 && (flags & 8) !== 0) return void this.#end('DUP at QoS 0')
    let at = topicEnd
    const packetId = qos === 0 ? undefined : bytes.length < at + 2 ? 0 : bytes.readUInt16BE(at)
    if (packetId === 0) return void this.#end('no packet id')
    if (packetId !== undefined) at += 2
    if (this.#version === 5) {
      const length = varInt(bytes, at)
      const end = length === undefined ? bytes.length + 1 : length.end + length.value
      if (length === undefined || end > bytes.length) return void this.#end('broken properties')
      if (!propertiesAreSound(bytes.subarray(length.end, end))) {
        return void this.#end('unsound properties')
      }
      at = end
    }
    const payload = bytes.subarray(at)
    if (!payload.equals(Buffer.from(read))) return void this.#end('two readings of a payload')
    this.justified.push({ channel: up ? 'up' : 'state', packetId, payload })
  }
}
