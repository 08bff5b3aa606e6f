/**
 * Messages on the terminals' port: two bytes of length, big-endian, then that many bytes. Cuts
 * whole messages out of whatever pieces arrive and never holds more than one and a piece. Pure.
 */
import { concat, noBytes } from '@tillgate/protocol'

const lengthBytes = 2

export interface Framer {
  /** Whole messages, in order; undefined once a length was 0 or over the limit: cut the connection. */
  push(piece: Uint8Array): readonly Uint8Array[] | undefined
  /** A message has begun and is not whole. */
  isInside(): boolean
}

export const createFramer = (messageBytesMax: number): Framer => {
  let held = noBytes
  let isBroken = false
  return {
    push: (piece) => {
      if (isBroken) return undefined
      held = held.length === 0 ? piece : concat(held, piece)
      const messages: Uint8Array[] = []
      let at = 0
      while (held.length - at >= lengthBytes) {
        const length = ((held[at] ?? 0) << 8) | (held[at + 1] ?? 0)
        if (length === 0 || length > messageBytesMax) {
          isBroken = true
          held = noBytes
          return undefined
        }
        if (held.length - at < lengthBytes + length) break
        messages.push(held.slice(at + lengthBytes, at + lengthBytes + length))
        at += lengthBytes + length
      }
      held = held.slice(at)
      return messages
    },
    isInside: () => held.length > 0,
  }
}

export const frameOf = (message: Uint8Array): Uint8Array =>
  concat(Uint8Array.of(message.length >> 8, message.length & 0xff), message)
