/**
 * Plain data as one run of bytes, for the way between the main thread and a worker. Structured clone
 * makes a buffer of its own for every hash and id on both sides, and leaves them all to be collected;
 * one buffer a batch, which is handed over and not copied, costs a third. What it can't say (a Map, a
 * class, a circle) it refuses: such a batch goes by structured clone.
 * Every list of bytes comes out with a buffer of its own, or as a window into the batch where it is used
 * up at once: a statement that binds such a list makes V8 give each a buffer outside of its heap, and that
 * costs as much as the insert.
 */
import { Buffer } from 'node:buffer'
import { utf8Length } from '@tillgate/protocol'

/** It is no plain data, or nested too deep. */
export class Unpackable extends Error {}

const tags = {
  undefined: 0,
  null: 1,
  false: 2,
  true: 3,
  /** 32 bits, signed. */
  integer: 4,
  /** 64 bits, IEEE 754. */
  number: 5,
  /** One byte a character. */
  ascii: 6,
  utf8: 7,
  bytes: 8,
  list: 9,
  fields: 10,
} as const

const depthMax = 32
const firstBytes = 64 * 1_024
/** Above this Node's own encoder is quicker than a loop. */
const shortTextLength = 96

const float = new Float64Array(1)
const floatBytes = new Uint8Array(float.buffer)

class Packer {
  #bytes = Buffer.allocUnsafeSlow(firstBytes)
  #at = 0
  readonly #keys = new Map<string, number>()

  pack(value: unknown): Uint8Array<ArrayBuffer> {
    this.#at = 0
    this.#keys.clear()
    this.#value(value, 0)
    const packed = new Uint8Array(this.#at)
    packed.set(this.#bytes.subarray(0, this.#at))
    // What one huge batch needed is not kept for ever.
    if (this.#bytes.length > firstBytes * 16) this.#bytes = Buffer.allocUnsafeSlow(firstBytes)
    return packed
  }

  #room(bytes: number): void {
    const needed = this.#at + bytes
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2))
    larger.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = larger
  }

  #tag(tag: number): void {
    this.#room(1)
    this.#bytes[this.#at++] = tag
  }

  #u32(value: number): void {
    this.#room(4)
    const bytes = this.#bytes
    bytes[this.#at++] = value
    bytes[this.#at++] = value >>> 8
    bytes[this.#at++] = value >>> 16
    bytes[this.#at++] = value >>> 24
  }

  #value(value: unknown, depth: number): void {
    switch (typeof value) {
      case 'string':
        return this.#text(value)
      case 'number':
        return this.#number(value)
      case 'boolean':
        return this.#tag(value ? tags.true : tags.false)
      case 'undefined':
        return this.#tag(tags.undefined)
      case 'object':
        return value === null ? this.#tag(tags.null) : this.#object(value, depth)
      default:
        throw new Unpackable(typeof value)
    }
  }

  #number(value: number): void {
    if ((value | 0) === value && !Object.is(value, -0)) {
      this.#tag(tags.integer)
      return this.#u32(value)
    }
    this.#tag(tags.number)
    this.#room(8)
    float[0] = value
    this.#bytes.set(floatBytes, this.#at)
    this.#at += 8
  }

  #text(text: string): void {
    const { length } = text
    if (length > shortTextLength) return this.#longText(text)
    this.#room(5 + length)
    const bytes = this.#bytes
    const start = this.#at
    bytes[this.#at++] = tags.ascii
    this.#u32(length)
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) {
        this.#at = start
        return this.#longText(text)
      }
      bytes[this.#at++] = unit
    }
  }

  #longText(text: string): void {
    const length = utf8Length(text)
    if (length === undefined) throw new Unpackable('half a character')
    this.#tag(tags.utf8)
    this.#u32(length)
    this.#room(length)
    this.#at += this.#bytes.write(text, this.#at)
  }

  #object(value: object, depth: number): void {
    if (depth === depthMax) throw new Unpackable('nested too deep')
    if (value instanceof Uint8Array) return this.#list8(value)
    if (Array.isArray(value)) {
      this.#tag(tags.list)
      this.#u32(value.length)
      for (const item of value) this.#value(item, depth + 1)
      return
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) throw new Unpackable('no plain object')
    this.#fields(value as Readonly<Record<string, unknown>>, depth)
  }

  #list8(value: Uint8Array): void {
    this.#tag(tags.bytes)
    this.#u32(value.length)
    this.#room(value.length)
    this.#bytes.set(value, this.#at)
    this.#at += value.length
  }

  /** A key is written out where it first occurs, and is a number from then on. */
  #fields(fields: Readonly<Record<string, unknown>>, depth: number): void {
    const names = Object.keys(fields)
    this.#tag(tags.fields)
    this.#u32(names.length)
    for (const name of names) {
      if (name === '__proto__') throw new Unpackable('a field that would become a prototype')
      const known = this.#keys.get(name)
      if (known === undefined) {
        this.#u32(this.#keys.size)
        this.#text(name)
        this.#keys.set(name, this.#keys.size)
      } else {
        this.#u32(known)
      }
      this.#value(fields[name], depth + 1)
    }
  }
}

class Unpacker {
  readonly #bytes: Buffer
  readonly #asWindows: boolean
  #at = 0
  readonly #keys: string[] = []

  constructor(packed: Uint8Array, asWindows: boolean) {
    this.#bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength)
    this.#asWindows = asWindows
  }

  value(): unknown {
    const tag = this.#bytes[this.#at++]
    switch (tag) {
      case tags.undefined:
        return undefined
      case tags.null:
        return null
      case tags.false:
        return false
      case tags.true:
        return true
      case tags.integer:
        return this.#u32() | 0
      case tags.number:
        return this.#number()
      case tags.ascii:
        return this.#text('latin1')
      case tags.utf8:
        return this.#text('utf8')
      case tags.bytes:
        return this.#list8()
      case tags.list:
        return Array.from({ length: this.#u32() }, () => this.value())
      case tags.fields:
        return this.#fields()
      default:
        throw new Error('these bytes were packed by something else')
    }
  }

  #u32(): number {
    const bytes = this.#bytes
    const at = this.#at
    this.#at += 4
    return (
      ((bytes[at] ?? 0) |
        ((bytes[at + 1] ?? 0) << 8) |
        ((bytes[at + 2] ?? 0) << 16) |
        ((bytes[at + 3] ?? 0) << 24)) >>>
      0
    )
  }

  #number(): number {
    for (let i = 0; i < 8; i++) floatBytes[i] = this.#bytes[this.#at + i] ?? 0
    this.#at += 8
    return float[0] ?? 0
  }

  #text(encoding: 'latin1' | 'utf8'): string {
    const end = this.#u32() + this.#at
    const text = this.#bytes.toString(encoding, this.#at, end)
    this.#at = end
    return text
  }

  #list8(): Uint8Array {
    const length = this.#u32()
    const at = this.#at
    this.#at += length
    const { buffer, byteOffset } = this.#bytes
    const found = new Uint8Array(buffer, byteOffset + at, length)
    return this.#asWindows ? found : new Uint8Array(found)
  }

  #fields(): object {
    const fields: Record<string, unknown> = {}
    for (let left = this.#u32(); left > 0; left--) {
      const key = this.#u32()
      const name = this.#keys[key] ?? this.#newKey()
      fields[name] = this.value()
    }
    return fields
  }

  #newKey(): string {
    const name = this.value() as string
    this.#keys.push(name)
    return name
  }
}

const packer = new Packer()

/** Throws `Unpackable`. The bytes own their buffer: it may be handed over. */
export const packValue = (value: unknown): Uint8Array<ArrayBuffer> => packer.pack(value)

/** Undefined where it can't be packed. */
export const packedOrNot = (value: unknown): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return packer.pack(value)
  } catch (error) {
    if (error instanceof Unpackable) return undefined
    throw error
  }
}

export const unpackValue = (packed: Uint8Array): unknown => new Unpacker(packed, false).value()

/** Lists of bytes are windows into `packed`, which lives as long as any of them. */
export const unpackWindows = (packed: Uint8Array): unknown => new Unpacker(packed, true).value()
