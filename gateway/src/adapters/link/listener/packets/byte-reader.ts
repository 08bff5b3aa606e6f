/**
 * Reads the fields of one packet from its raw bytes and remembers the first thing that was wrong with
 * them; after that every read gives an empty value, so a packet is read straight through and asked
 * once at its end. It never reads outside of the packet and never throws.
 * Data representations: MQTT 3.1.1 §1.5, MQTT 5 §1.5.
 */
import { isUtf8 } from 'node:buffer'
import { reasons } from '../reason-codes.js'

/** What is wrong with a packet: the MQTT 5 reason code for it, and the rule that it breaks. */
export interface PacketFault {
  readonly reason: number
  readonly rule: string
}

const empty = Buffer.alloc(0)

export class ByteReader {
  readonly #bytes: Buffer
  readonly #end: number
  #at: number
  #fault: PacketFault | undefined

  constructor(bytes: Uint8Array, start: number, end = bytes.length) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#at = start
    this.#end = end
  }

  get fault(): PacketFault | undefined {
    return this.#fault
  }

  /** Bytes not yet read; none once something was wrong. */
  get left(): number {
    return this.#fault === undefined ? this.#end - this.#at : 0
  }

  /** The first complaint counts. */
  fail(reason: number, rule: string): void {
    this.#fault ??= { reason, rule }
  }

  malformed(rule: string): void {
    this.fail(reasons.malformedPacket, rule)
  }

  protocolError(rule: string): void {
    this.fail(reasons.protocolError, rule)
  }

  u8(): number {
    const at = this.#take(1)
    return at === undefined ? 0 : this.#bytes.readUInt8(at)
  }

  u16(): number {
    const at = this.#take(2)
    return at === undefined ? 0 : this.#bytes.readUInt16BE(at)
  }

  u32(): number {
    const at = this.#take(4)
    return at === undefined ? 0 : this.#bytes.readUInt32BE(at)
  }

  /** A packet identifier is never 0: [MQTT-2.3.1-1] of 3.1.1, [MQTT-2.2.1-3] of 5. */
  packetId(): number {
    const id = this.u16()
    if (id === 0) this.protocolError('[MQTT-2.3.1-1] a packet identifier is not 0')
    return id
  }

  /** In the fewest bytes that hold the value [MQTT-1.5.5-1]. */
  varInt(): number {
    let value = 0
    for (let index = 0; index < 4; index += 1) {
      const byte = this.u8()
      value += (byte & 0x7f) * 128 ** index
      if ((byte & 0x80) !== 0) continue
      if (byte === 0 && index > 0) this.malformed('[MQTT-1.5.5-1] a length in too many bytes')
      return this.#fault === undefined ? value : 0
    }
    this.malformed('[MQTT-1.5.5-1] a length of more than four bytes')
    return 0
  }

  /** Well-formed UTF-8 [MQTT-1.5.3-1] without U+0000 [MQTT-1.5.3-2]. */
  text(): string {
    const bytes = this.#slice(this.u16())
    if (!isUtf8(bytes)) this.malformed('[MQTT-1.5.3-1] a text is UTF-8')
    if (bytes.includes(0)) this.malformed('[MQTT-1.5.3-2] a text holds no U+0000')
    return this.#fault === undefined ? bytes.toString('utf8') : ''
  }

  binary(): Uint8Array {
    return copyOf(this.#slice(this.u16()))
  }

  rest(): Uint8Array {
    return copyOf(this.#slice(this.left))
  }

  /** A reader over the next `length` bytes, which this one skips. */
  part(length: number): ByteReader {
    const at = this.#take(length) ?? this.#end
    return new ByteReader(this.#bytes, at, this.#fault === undefined ? at + length : at)
  }

  /** Takes over what a part has found. */
  adopt(part: ByteReader): void {
    if (part.fault !== undefined) this.#fault ??= part.fault
  }

  /** To be asked when everything has been read. */
  expectEnd(): void {
    if (this.left > 0) this.malformed('bytes after the end of the packet')
  }

  #take(length: number): number | undefined {
    if (this.#fault !== undefined) return undefined
    const at = this.#at
    if (at + length > this.#end) {
      this.malformed('a field reaches past the end of the packet')
      return undefined
    }
    this.#at = at + length
    return at
  }

  #slice(length: number): Buffer {
    const at = this.#take(length)
    return at === undefined ? empty : this.#bytes.subarray(at, at + length)
  }
}

/** With an ArrayBuffer of its own: it must not keep a whole chunk alive, nor be cloned with one. */
const copyOf = (bytes: Buffer): Uint8Array => new Uint8Array(bytes)
