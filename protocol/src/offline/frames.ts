// What a person carries between a terminal and a gateway that have no network: bytes as a few lines of
// text, each of which fits a QR. Any order and repetitions are fine; anything else is refused.
// README.md §9a.
import { toHex, u32be } from '../bytes.js'
import { wireLimits } from '../limits.js'
import { accept, refuse, type Parsed, type Refusal } from '../parsed.js'
import { fromBase32, toBase32 } from './base32.js'
import { crc32 } from './crc32.js'

export interface Frame {
  /** From 1. */
  readonly index: number
  readonly count: number
  /** CRC-32 of the whole, hexadecimal: the name of the set. */
  readonly set: string
  readonly part: Uint8Array
}

const shape = /^TG1:([1-9][0-9]?)\/([1-9][0-9]?):([0-9A-F]{8}):([A-Z2-7]+)$/

const setOf = (bytes: Uint8Array): string => toHex(u32be(crc32(bytes))).toUpperCase()

/** Throws where `joinFrames` would refuse: nothing, or more than the frames hold. */
export const framesOf = (bytes: Uint8Array): readonly string[] => {
  const { frameBytesMax, framesMax } = wireLimits
  const count = Math.ceil(bytes.length / frameBytesMax)
  if (count === 0 || count > framesMax) throw new RangeError('framesOf: 1 to 8640 bytes')
  const set = setOf(bytes)
  return Array.from({ length: count }, (_, at) => {
    const part = bytes.subarray(at * frameBytesMax, (at + 1) * frameBytesMax)
    return `TG1:${String(at + 1)}/${String(count)}:${set}:${toBase32(part)}`
  })
}

const bad = (rule: string): Refusal => refuse('MALFORMED', 'frames', rule)

/** Small letters and blanks around it are forgiven. */
export const readFrame = (text: string): Parsed<Frame> => {
  const line = text.trim().toUpperCase()
  if (line.length > wireLimits.frameTextMax) return bad('must have at most 600 characters')
  const [, index, count, set, letters] = shape.exec(line) ?? []
  const part = letters === undefined ? undefined : fromBase32(letters)
  if (set === undefined || part === undefined) return bad('must be frames of this protocol')
  const frame = { index: Number(index), count: Number(count), set, part }
  const fits =
    frame.index <= frame.count &&
    frame.count <= wireLimits.framesMax &&
    part.length > 0 &&
    (frame.index === frame.count
      ? part.length <= wireLimits.frameBytesMax
      : part.length === wireLimits.frameBytesMax)
  return fits ? accept(frame) : bad('must have a number within their count, and be full')
}

/** Which numbers are still missing; empty where all are there. Frames of one set only. */
export const missingFrames = (frames: readonly Frame[]): readonly number[] => {
  const have = new Set(frames.map(({ index }) => index))
  const count = frames[0]?.count ?? 1
  return Array.from({ length: count }, (_, at) => at + 1).filter((index) => !have.has(index))
}

const contradicts = (a: Frame, b: Frame): boolean =>
  a.index === b.index && toHex(a.part) !== toHex(b.part)

export const joinFrames = (texts: readonly string[]): Parsed<Uint8Array> => {
  // Each may be read twice; more is no slip of the hand.
  if (texts.length > 2 * wireLimits.framesMax) return bad('must be at most 48')
  const byIndex = new Map<number, Frame>()
  let first: Frame | undefined
  for (const text of texts) {
    const read = readFrame(text)
    if (!read.ok) return read
    const frame = read.value
    first ??= frame
    if (frame.set !== first.set || frame.count !== first.count) return bad('must be of one set')
    const before = byIndex.get(frame.index)
    if (before !== undefined && contradicts(before, frame)) return bad('must not contradict')
    byIndex.set(frame.index, frame)
  }
  if (first === undefined) return bad('must not be empty')
  const [missing] = missingFrames([...byIndex.values()])
  if (missing !== undefined) {
    return bad(`must be whole: number ${String(missing)} of ${String(first.count)} is missing`)
  }
  const parts = [...byIndex.values()].sort((a, b) => a.index - b.index).map(({ part }) => part)
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return setOf(bytes) === first.set
    ? accept(bytes)
    : bad('must have the checksum of what they hold')
}
