/**
 * Cuts a stream of bytes into whole MQTT control packets, before anything looks into them. What the
 * packet announces is checked against the cap when its header is there, so an announcement of 256 MB
 * costs five bytes. Pull-based: nothing is cut while nobody asks, which is how reading pauses between
 * two packets. A packet's bytes are copied at most once. Fixed header: MQTT 3.1.1 §2.2, MQTT 5 §2.1.
 * It must never look past the remaining length into a packet.
 */

export type Frame =
  | { readonly kind: 'packet'; readonly bytes: Uint8Array }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'fault'; readonly fault: FrameFault }

/**
 * `malformed-length`: a remaining length in more than four bytes, or in more than it needs
 * [MQTT-1.5.5-1]. `too-large`: above the cap.
 */
export type FrameFault = 'malformed-length' | 'too-large'

const lengthBytesMax = 4
const incomplete: Frame = { kind: 'incomplete' }
const nothing = new Uint8Array(0)

export class FrameGate {
  #capBytes: number
  /** Chunks not yet cut: from `#head` on, that one from `#offset` on. */
  #chunks: Uint8Array[] = []
  #head = 0
  #offset = 0
  /** A packet that began in one chunk and ends in a later one. */
  #partial: Uint8Array | undefined
  #filled = 0
  #fault: FrameFault | undefined

  constructor(capBytes: number) {
    this.#capBytes = capBytes
  }

  /** Counts from the next packet on. */
  setCap(capBytes: number): void {
    this.#capBytes = capBytes
  }

  /** Of the packet that comes next, whole or not. */
  get firstByte(): number | undefined {
    return this.#partial?.[0] ?? this.#chunks[this.#head]?.[this.#offset]
  }

  push(chunk: Uint8Array): void {
    if (chunk.length > 0 && this.#fault === undefined) this.#chunks.push(chunk)
  }

  /** The next whole packet; after a fault for ever the same fault. */
  next(): Frame {
    if (this.#fault !== undefined) return { kind: 'fault', fault: this.#fault }
    return this.#partial === undefined ? this.#begin() : this.#fill(this.#partial)
  }

  #begin(): Frame {
    const header = this.#readHeader()
    if (header === undefined) return incomplete
    if (typeof header === 'string') return this.#fail(header)
    if (header.totalBytes > this.#capBytes) return this.#fail('too-large')
    const chunk = this.#chunks[this.#head] ?? nothing
    const end = this.#offset + header.totalBytes
    if (end > chunk.length) {
      this.#partial = new Uint8Array(header.totalBytes)
      this.#filled = 0
      return this.#fill(this.#partial)
    }
    const bytes = chunk.subarray(this.#offset, end)
    this.#advance(header.totalBytes)
    return { kind: 'packet', bytes }
  }

  /** Looks at up to five bytes, which may lie in as many chunks, and takes none. */
  #readHeader(): { readonly totalBytes: number } | FrameFault | undefined {
    let index = this.#head
    let at = this.#offset
    let seen = 0
    let remaining = 0
    for (;;) {
      const chunk = this.#chunks[index]
      if (chunk === undefined) return undefined
      const byte = chunk[at]
      if (byte === undefined) {
        index += 1
        at = 0
        continue
      }
      at += 1
      seen += 1
      if (seen === 1) continue
      remaining += (byte & 0x7f) * 128 ** (seen - 2)
      if ((byte & 0x80) === 0) {
        return byte === 0 && seen > 2 ? 'malformed-length' : { totalBytes: seen + remaining }
      }
      if (seen === 1 + lengthBytesMax) return 'malformed-length'
    }
  }

  #fill(packet: Uint8Array): Frame {
    while (this.#filled < packet.length) {
      const chunk = this.#chunks[this.#head]
      if (chunk === undefined) return incomplete
      const take = Math.min(packet.length - this.#filled, chunk.length - this.#offset)
      packet.set(chunk.subarray(this.#offset, this.#offset + take), this.#filled)
      this.#filled += take
      this.#advance(take)
    }
    this.#partial = undefined
    return { kind: 'packet', bytes: packet }
  }

  /** Within the first chunk, which is let go of when it is used up. No shifting: that may copy. */
  #advance(bytes: number): void {
    this.#offset += bytes
    if (this.#offset < (this.#chunks[this.#head]?.length ?? 0)) return
    this.#chunks[this.#head] = nothing
    this.#head += 1
    this.#offset = 0
    if (this.#head * 2 < this.#chunks.length) return
    this.#chunks = this.#chunks.slice(this.#head)
    this.#head = 0
  }

  #fail(fault: FrameFault): Frame {
    this.#fault = fault
    this.#chunks = []
    this.#partial = undefined
    return { kind: 'fault', fault }
  }
}
