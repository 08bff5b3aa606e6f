// The golden vectors of what a person carries, against this codec.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { encodeOfflineAnswer, fromHex, parseOfflineAnswer, toHex, wireLimits } from '../index.js'
import { framesOf, joinFrames, missingFrames, readFrame } from './frames.js'

type Segment = string | { readonly byte: string; readonly times: number }

interface FrameSet {
  readonly description: string
  readonly bytes: string
  readonly frames: readonly string[]
}

interface Refused {
  readonly description: string
  readonly frames: readonly string[]
  readonly error: { readonly code: string; readonly field: string }
}

interface Answer {
  readonly description: string
  readonly bytes: string | readonly Segment[]
  readonly value?: { readonly command: string; readonly proceed: string }
  readonly error?: { readonly code: string; readonly field: string }
}

const file = JSON.parse(
  readFileSync(new URL('../../vectors/offline.json', import.meta.url), 'utf8'),
) as {
  readonly frames: readonly FrameSet[]
  readonly alike: readonly FrameSet[]
  readonly refused: readonly Refused[]
  readonly answer: readonly Answer[]
}

const bytesOf = (bytes: Answer['bytes']): Uint8Array => {
  const parts = typeof bytes === 'string' ? [bytes] : bytes
  const hex = parts
    .map((part) => (typeof part === 'string' ? part : part.byte.repeat(part.times)))
    .join('')
  const parsed = fromHex(hex)
  if (parsed === undefined) throw new Error('a vector that is not hex')
  return parsed
}

const named = <T extends { readonly description: string }>(list: readonly T[]) =>
  list.map((item) => [item.description, item] as const)

describe('frames', () => {
  test.each(named(file.frames))('%s', (_, { bytes, frames }) => {
    expect(framesOf(bytesOf(bytes))).toEqual(frames)
    expect(joinFrames(frames)).toEqual({ ok: true, value: bytesOf(bytes) })
    for (const frame of frames) {
      expect(frame.length).toBeLessThanOrEqual(wireLimits.frameTextMax)
      expect(frame).toMatch(/^[0-9A-Z $%*+./:-]+$/)
    }
  })

  test.each(named(file.alike))('%s', (_, { bytes, frames }) => {
    expect(joinFrames(frames)).toEqual({ ok: true, value: bytesOf(bytes) })
  })

  test.each(named(file.refused))('refused: %s', (_, { frames, error }) => {
    expect(joinFrames(frames)).toMatchObject({ ok: false, ...error })
  })

  test('a reader is told which are missing', () => {
    const [, , , three] = file.frames
    const read = (three?.frames ?? []).slice(1, 2).map(readFrame)
    expect(missingFrames(read.flatMap((one) => (one.ok ? [one.value] : [])))).toEqual([1, 3])
  })

  test('nothing, and more than the frames hold, is not written', () => {
    expect(() => framesOf(new Uint8Array(0))).toThrow(RangeError)
    expect(() => framesOf(new Uint8Array(8_641))).toThrow(RangeError)
  })
})

describe('the answer', () => {
  test.each(named(file.answer))('%s', (_, { bytes, value, error }) => {
    const parsed = parseOfflineAnswer(bytesOf(bytes))
    if (error !== undefined) return expect(parsed).toMatchObject({ ok: false, ...error })
    if (!parsed.ok) throw new Error(parsed.rule)
    const { command, proceed } = parsed.value
    expect({ command: toHex(command), proceed: toHex(proceed) }).toEqual(value)
    expect(encodeOfflineAnswer(parsed.value)).toEqual(bytesOf(bytes))
  })
})
