// The bytes of an envelope, put together in one piece: the same that protobufjs writes, at a quarter of
// its price. An envelope is made for every message of a wave, and nothing in it is nested deeper than
// a signature. What may stand in it has been checked before; envelope.ts does that. README.md §1.
import { algorithmNumbers } from '../crypto/primitives.js'
import type { Envelope, MacAuth, SignatureAuth } from './envelope.js'

/** Seven bits a byte, lowest first; up to 2^53 - 1. */
const varintBytes = (value: number): number => {
  let bytes = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1
  return bytes
}

/** What is empty or zero is left out, as proto3 has it. */
const bytesField = ({ length }: Uint8Array): number =>
  length === 0 ? 0 : 1 + varintBytes(length) + length
const numberField = (value: number): number => (value === 0 ? 0 : 1 + varintBytes(value))

/** A tag byte is the field's number times eight, and 2 for bytes, 0 for a number. */
const tagOfBytes = (field: number): number => (field << 3) | 2
const tagOfNumber = (field: number): number => field << 3

class Writer {
  readonly bytes: Uint8Array
  #at = 0

  constructor(length: number) {
    this.bytes = new Uint8Array(length)
  }

  /** Of a message that follows, so long. */
  head(field: number, length: number): void {
    this.bytes[this.#at++] = tagOfBytes(field)
    this.#varint(length)
  }

  blob(field: number, blob: Uint8Array): void {
    if (blob.length === 0) return
    this.head(field, blob.length)
    this.bytes.set(blob, this.#at)
    this.#at += blob.length
  }

  number(field: number, value: number): void {
    if (value === 0) return
    this.bytes[this.#at++] = tagOfNumber(field)
    this.#varint(value)
  }

  #varint(value: number): void {
    let rest = value
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) {
      this.bytes[this.#at++] = (rest % 0x80) | 0x80
    }
    this.bytes[this.#at++] = rest
  }
}

const signatureLength = (auth: SignatureAuth): number =>
  numberField(algorithmNumbers[auth.alg]) +
  bytesField(auth.kid) +
  numberField(auth.treeSize) +
  numberField(auth.index) +
  bytesField(auth.path) +
  bytesField(auth.signature)

const macLength = (auth: MacAuth): number =>
  bytesField(auth.sessionId) + numberField(auth.counter) + bytesField(auth.tag)

const writeAuth = (writer: Writer, auth: SignatureAuth | MacAuth, length: number): void => {
  switch (auth.kind) {
    case 'signature':
      writer.head(1, length)
      writer.number(1, algorithmNumbers[auth.alg])
      writer.blob(2, auth.kid)
      writer.number(3, auth.treeSize)
      writer.number(4, auth.index)
      writer.blob(5, auth.path)
      return writer.blob(6, auth.signature)
    case 'mac':
      writer.head(2, length)
      writer.blob(1, auth.sessionId)
      writer.number(2, auth.counter)
      return writer.blob(3, auth.tag)
    default:
      return auth satisfies never
  }
}

export const writeEnvelope = ({ body, auth }: Envelope): Uint8Array => {
  if (auth === undefined) {
    const writer = new Writer(bytesField(body))
    writer.blob(1, body)
    return writer.bytes
  }
  const length = auth.kind === 'signature' ? signatureLength(auth) : macLength(auth)
  const authLength = 1 + varintBytes(length) + length
  const writer = new Writer(bytesField(body) + 1 + varintBytes(authLength) + authLength)
  writer.blob(1, body)
  writer.head(2, authLength)
  writeAuth(writer, auth, length)
  return writer.bytes
}
