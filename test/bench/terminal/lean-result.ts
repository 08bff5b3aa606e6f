/**
 * The uplink of the dispatch rows written by hand: a Result under the session's MAC, in its envelope, in
 * its PUBLISH, with the PUBACK of the command before it: one buffer, one write. Field by field as
 * `protocol/schema/tillgate.proto` numbers them; `lean-codec.test.ts` holds it to the protocol's parser.
 */
import { ascii } from '@tillgate/protocol'

import { hashBytes, LeanMac } from './lean-hash.js'
import { packetTypes, pubackBytes, writePuback } from './wire.js'

const idBytes = 16
const macLabel = ascii('tillgate/1/mac\0')
const bodyBytesMax = 1_024

/** A length of protobuf and of MQTT: seven bits a byte. Gives the place behind it. */
const writeVarint = (into: Buffer, at: number, value: number): number => {
  let rest = value
  let place = at
  while (rest >= 0x80) {
    into[place] = (rest % 0x80) | 0x80
    rest = Math.floor(rest / 0x80)
    place += 1
  }
  into[place] = rest
  return place + 1
}

const varintBytes = (value: number): number => {
  let bytes = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1
  return bytes
}

const tagged = (...parts: readonly (Uint8Array | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Uint8Array.from(part)))

export interface ResultParts {
  readonly sn: string
  readonly topic: Buffer
  readonly bootId: Uint8Array
  readonly sessionId: Uint8Array
  readonly sessionKey: Uint8Array
  /** Of every Result that it says: done, with this payload. */
  readonly payload: Uint8Array
}

export interface ResultFields {
  readonly downlinkPacketId: number
  readonly packetId: number
  readonly uplinkSeq: number
  readonly counter: number
  /** Where the next 16 random bytes lie. */
  readonly random: Buffer
  readonly randomAt: number
  /** The downlink, and where the command's id lies in it. */
  readonly downlink: Buffer
  readonly commandIdAt: number
  /** SHA-256 of its body, one byte a character. */
  readonly downlinkHash: string
}

export interface WrittenResult {
  readonly bytes: Buffer
  readonly envelopeBytes: number
}

/** One session's. */
export class ResultWriter {
  readonly #topic: Buffer
  readonly #mac: LeanMac
  /** version, sn, and the head of message_id. */
  readonly #start: Buffer
  /** boot_id, and the tag of uplink_seq. */
  readonly #middle: Buffer
  /** The Result itself. */
  readonly #end: Buffer
  readonly #authStart: Buffer

  constructor({ sn, topic, bootId, sessionId, sessionKey, payload }: ResultParts) {
    this.#topic = topic
    this.#mac = new LeanMac(sessionKey, tagged(macLabel, sessionId), 8 + bodyBytesMax)
    this.#start = tagged([0x08, 1, 0x12, sn.length], ascii(sn), [0x1a, idBytes])
    this.#middle = tagged([0x22, idBytes], bootId, [0x28])
    this.#end = tagged([0xba, 0x01, 2 + payload.length, 0x12, payload.length], payload)
    this.#authStart = tagged([0x0a, idBytes], sessionId, [0x10])
  }

  write(fields: ResultFields): WrittenResult {
    const { uplinkSeq, counter } = fields
    const bodyBytes =
      this.#start.length +
      idBytes +
      this.#middle.length +
      varintBytes(uplinkSeq) +
      (2 + idBytes) +
      (2 + hashBytes) +
      this.#end.length
    const macBytes = this.#authStart.length + varintBytes(counter) + 2 + hashBytes
    const envelopeBytes = 1 + varintBytes(bodyBytes) + bodyBytes + 2 + 2 + macBytes
    const remaining = 2 + this.#topic.length + 2 + envelopeBytes
    const bytes = Buffer.allocUnsafe(pubackBytes + 1 + varintBytes(remaining) + remaining)
    writePuback(bytes, 0, fields.downlinkPacketId)
    let at = pubackBytes
    bytes[at] = (packetTypes.publish << 4) | 0x02
    at = writeVarint(bytes, at + 1, remaining)
    at = bytes.writeUInt16BE(this.#topic.length, at)
    at += this.#topic.copy(bytes, at)
    at = bytes.writeUInt16BE(fields.packetId, at)
    bytes[at] = 0x0a
    at = writeVarint(bytes, at + 1, bodyBytes)
    const bodyEnd = this.#body(bytes, at, fields)
    const tag = this.#mac.tag(counter, bytes, at, bodyEnd)
    this.#auth(bytes, bodyEnd, { counter, macBytes, tag })
    return { bytes, envelopeBytes }
  }

  #body(bytes: Buffer, start: number, fields: ResultFields): number {
    const { random, randomAt, downlink, commandIdAt } = fields
    let at = start + this.#start.copy(bytes, start)
    at += random.copy(bytes, at, randomAt, randomAt + idBytes)
    at += this.#middle.copy(bytes, at)
    at = writeVarint(bytes, at, fields.uplinkSeq)
    bytes[at] = 0x32
    bytes[at + 1] = idBytes
    at += 2
    at += downlink.copy(bytes, at, commandIdAt, commandIdAt + idBytes)
    bytes[at] = 0x3a
    bytes[at + 1] = hashBytes
    at += 2
    at += bytes.write(fields.downlinkHash, at, hashBytes, 'latin1')
    return at + this.#end.copy(bytes, at)
  }

  #auth(
    bytes: Buffer,
    start: number,
    mac: { readonly counter: number; readonly macBytes: number; readonly tag: string },
  ): void {
    bytes[start] = 0x12
    bytes[start + 1] = 2 + mac.macBytes
    bytes[start + 2] = 0x12
    bytes[start + 3] = mac.macBytes
    let at = start + 4
    at += this.#authStart.copy(bytes, at)
    at = writeVarint(bytes, at, mac.counter)
    bytes[at] = 0x1a
    bytes[at + 1] = hashBytes
    bytes.write(mac.tag, at + 2, hashBytes, 'latin1')
  }
}
