/**
 * The hashes of the generator's hot path: a body's, its way to the batch's root, a MAC. The same as the
 * protocol's, without an allocation each: what is hashed lies in a few buffers that are filled again, and a
 * hash travels as a text of one byte a character.
 */
import { hash } from 'node:crypto'

import type { LeanCommand } from './lean-command.js'

export const hashBytes = 32
const blockBytes = 64
const bodyBytesMax = 16 * 1_024

const leaf = Buffer.alloc(1 + bodyBytesMax)
const node = Buffer.alloc(1 + 2 * hashBytes, 1)

const sha256Text = (bytes: Uint8Array): string => hash('sha256', bytes, 'binary')

const leafHash = (payload: Buffer, at: number, end: number): string => {
  payload.copy(leaf, 1, at, end)
  return sha256Text(leaf.subarray(0, 1 + end - at))
}

/**
 * The root that the command's inclusion proof leads to (RFC 9162 §2.1.3.2); undefined for a proof that no
 * tree of that size has.
 */
export const rootText = (
  payload: Buffer,
  { body, path, index, treeSize }: LeanCommand,
): string | undefined => {
  if (treeSize < 1 || treeSize > 2 ** 20 || index >= treeSize) return undefined
  if (body.end - body.at > bodyBytesMax) return undefined
  let text = leafHash(payload, body.at, body.end)
  let { at } = path
  for (let place = index, last = treeSize - 1; last > 0; place >>= 1, last >>= 1) {
    if (place === last && place % 2 === 0) continue
    if (at + hashBytes > path.end) return undefined
    const isRight = place % 2 === 1
    payload.copy(node, isRight ? 1 : 1 + hashBytes, at, at + hashBytes)
    node.write(text, isRight ? 1 + hashBytes : 1, hashBytes, 'latin1')
    at += hashBytes
    text = sha256Text(node)
  }
  return at === path.end ? text : undefined
}

/** RFC 2104 under one key, with the bytes that every message begins with. */
export class LeanMac {
  readonly #inner: Buffer
  readonly #innerStart: number
  readonly #outer = Buffer.alloc(blockBytes + hashBytes)

  constructor(key: Uint8Array, start: Uint8Array, messageBytesMax: number) {
    if (key.length > blockBytes) throw new RangeError('a key of more than a block')
    this.#innerStart = blockBytes + start.length
    this.#inner = Buffer.alloc(this.#innerStart + messageBytesMax)
    for (let i = 0; i < blockBytes; i += 1) {
      this.#inner[i] = (key[i] ?? 0) ^ 0x36
      this.#outer[i] = (key[i] ?? 0) ^ 0x5c
    }
    this.#inner.set(start, blockBytes)
  }

  /** The tag, as a text of one byte a character, over `counter` and what lies in `bytes`. */
  tag(counter: number, bytes: Buffer, at: number, end: number): string {
    const inner = this.#inner
    const bodyAt = this.#innerStart + 8
    inner.writeUInt32BE(Math.floor(counter / 0x1_0000_0000), this.#innerStart)
    inner.writeUInt32BE(counter % 0x1_0000_0000, this.#innerStart + 4)
    bytes.copy(inner, bodyAt, at, end)
    const innerText = sha256Text(inner.subarray(0, bodyAt + end - at))
    this.#outer.write(innerText, blockBytes, hashBytes, 'latin1')
    return sha256Text(this.#outer)
  }
}

/** SHA-256 of what lies in `bytes`. */
export const sha256Of = (bytes: Buffer, at: number, end: number): string =>
  sha256Text(bytes.subarray(at, end))
