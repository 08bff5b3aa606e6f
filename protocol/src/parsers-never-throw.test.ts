// Bytes of any kind: a parser answers, it never throws; and what it accepts it can send again, with
// the same meaning.
import fc from 'fast-check'
import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  encodeDownlink,
  encodeEnvelope,
  encodeUplink,
  fromHex,
  isErrorCode,
  parseDownlink,
  parseOfflineAnswer,
  encodeOfflineAnswer,
  joinFrames,
  parseEnvelope,
  parsePayload,
  parseResult,
  parseTopic,
  parseUplink,
  type Parsed,
} from './index.js'

// The same cases at every run; fast-check prints the path of one that fails.
fc.configureGlobal({ seed: 20_260_101 })

const folder = new URL('../vectors/', import.meta.url)

/** The accepted bodies and envelopes of the vectors: seeds to be spoilt. */
const seeds: readonly Uint8Array[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => {
    const file = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as {
      schema?: string
      cases?: readonly { bytes: unknown; value?: unknown }[]
    }
    const cases = file.schema === undefined ? [] : (file.cases ?? [])
    return cases.flatMap(({ bytes, value }) => {
      const parsed = value !== undefined && typeof bytes === 'string' ? fromHex(bytes) : undefined
      return parsed === undefined ? [] : [parsed]
    })
  })

const answers = <T>(
  parse: (bytes: Uint8Array) => Parsed<T>,
  encode: (value: T) => Uint8Array,
  bytes: Uint8Array,
): void => {
  const parsed = parse(bytes)
  if (!parsed.ok) {
    expect(isErrorCode(parsed.code)).toBe(true)
    return
  }
  expect(parse(encode(parsed.value))).toEqual(parsed)
}

const tryAll = (bytes: Uint8Array): void => {
  answers(parseDownlink, encodeDownlink, bytes)
  answers(parseUplink, encodeUplink, bytes)
  answers(parseEnvelope, encodeEnvelope, bytes)
  answers(parseOfflineAnswer, encodeOfflineAnswer, bytes)
  expect(typeof joinFrames([String.fromCharCode(...bytes.slice(0, 700))]).ok).toBe('boolean')
  for (const type of [0, 1, 2, 3, 4, 64, 127]) {
    expect(typeof parsePayload(type, bytes).ok).toBe('boolean')
    expect(typeof parseResult(type, bytes).ok).toBe('boolean')
  }
}

test('noise', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), tryAll), { numRuns: 500 })
})

test('good messages, spoilt in one to four places, cut or lengthened', () => {
  expect(seeds.length).toBeGreaterThan(50)
  const spoilt = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
      fc.nat(),
      fc.uint8Array({ maxLength: 8 }),
    )
    .map(([seed, changes, cut, tail]) => {
      const bytes = Uint8Array.of(...seed, ...tail)
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte
      return cut % 4 === 0 ? bytes.slice(0, cut % bytes.length) : bytes
    })
  fc.assert(fc.property(spoilt, tryAll), { numRuns: 2_000 })
})

test('groups nested without end are refused, not followed', () => {
  const nested = new Uint8Array(50_000).fill(0x0b)
  expect(parseDownlink(nested)).toMatchObject({ ok: false, code: 'MALFORMED' })
})

test('topics of any text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseTopic(`tg/1/${text}`)
      if (parsed !== undefined) expect(`tg/1/${text}`).toBe(`tg/1/${parsed.sn}/${parsed.channel}`)
    }),
  )
})
