// The golden vectors against this codec and against a decoder that knows nothing of it: protobufjs
// reflection over the .proto as committed. What both agree on, a stranger's terminal will read too.
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import protobuf from 'protobufjs'
import { describe, expect, test } from 'vitest'
import {
  encodeDownlink,
  encodeEnvelope,
  encodePayload,
  encodeResult,
  encodeUplink,
  fromHex,
  journalStateNumbers,
  keyStateNumbers,
  algorithmNumbers,
  parseDownlink,
  parseEnvelope,
  parsePayload,
  parseResult,
  parseUplink,
  phaseNumbers,
  releaseCauseNumbers,
  toHex,
  type Parsed,
} from './index.js'

type Segment = string | { readonly byte: string; readonly times: number }

interface Case {
  readonly description: string
  readonly bytes: string | readonly Segment[]
  readonly value?: Record<string, unknown>
  readonly error?: { readonly code: string; readonly field: string }
}

interface CaseFile {
  readonly about: string
  readonly schema: string
  readonly cases: readonly Case[]
}

interface CommandFile {
  readonly type: number
  readonly payload: CaseFile
  readonly result: CaseFile
}

const folder = fileURLToPath(new URL('../vectors/', import.meta.url))
const load = (name: string): unknown => JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'))
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
  .sort()

const hexOf = (bytes: Case['bytes']): string =>
  typeof bytes === 'string'
    ? bytes
    : bytes.map((part) => (typeof part === 'string' ? part : part.byte.repeat(part.times))).join('')

const bytesOf = ({ bytes }: Case): Uint8Array => {
  const parsed = fromHex(hexOf(bytes))
  if (parsed === undefined) throw new Error('a vector that is not hex')
  return parsed
}

const root = protobuf.loadSync(fileURLToPath(new URL('../schema/tillgate.proto', import.meta.url)))

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array)

/** As a vector file shows a value: bytes as hex. */
const shown = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return toHex(value)
  if (Array.isArray(value)) return value.map(shown)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item)]))
}

const byReflection = (schema: string, bytes: Uint8Array): unknown => {
  const type = root.lookupType(`tillgate.v1.${schema}`)
  return shown(type.toObject(type.decode(bytes), { defaults: true, arrays: true, longs: Number }))
}

const tables: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  phase: phaseNumbers,
  cause: releaseCauseNumbers,
  alg: algorithmNumbers,
}

const numberOf = (key: string, value: string, owner: Record<string, unknown>): unknown => {
  const states = owner['kind'] === 'status' ? journalStateNumbers : keyStateNumbers
  const table = key === 'state' ? states : tables[key]
  return (table as Record<string, number> | undefined)?.[value] ?? value
}

/** From this codec's value to the schema's: names back to numbers, undefined back to empty. */
const asSchema = (value: unknown): unknown => {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.map(asSchema)
  if (value instanceof Uint8Array || !isRecord(value)) return shown(value)
  const { kind, message, auth, ...rest } = value
  const plain: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).map(([key, item]) => [
      key,
      typeof item === 'string' ? numberOf(key, item, value) : asSchema(item),
    ]),
  )
  if (isRecord(message)) plain[String(message['kind'])] = asSchema(message)
  if ('auth' in value)
    plain['auth'] = isRecord(auth) ? { [String(auth['kind'])]: asSchema(auth) } : null
  void kind
  return plain
}

interface Codec {
  readonly parse: (bytes: Uint8Array) => Parsed<unknown>
  readonly encode: (value: never) => Uint8Array
  /** What the product's value says less or more than the schema's. */
  readonly adapt: (value: Record<string, unknown>) => Record<string, unknown>
}

const withVersion = (value: Record<string, unknown>): Record<string, unknown> => ({
  version: 1,
  ...value,
})
const withoutType = ({ type: _type, ...value }: Record<string, unknown>): Record<string, unknown> =>
  value

/** What a payload leaves out where it is not so. */
const leftOut: Readonly<Record<string, object>> = { Unbind: { withoutSettlement: false } }
const withLeftOut = (value: Record<string, unknown>): Record<string, unknown> => ({
  ...leftOut[String(value['type'])],
  ...withoutType(value),
})

const codecs: Readonly<Record<string, Codec>> = {
  Downlink: { parse: parseDownlink, encode: encodeDownlink, adapt: withVersion },
  Uplink: { parse: parseUplink, encode: encodeUplink, adapt: withVersion },
  Envelope: { parse: parseEnvelope, encode: encodeEnvelope, adapt: (value) => value },
}

const checkFile = (file: CaseFile, codec: Codec): void => {
  test.each(file.cases.map((item) => [item.description, item] as const))('%s', (_, item) => {
    const bytes = bytesOf(item)
    const parsed = codec.parse(bytes)
    if (item.error !== undefined) {
      expect(parsed).toMatchObject({ ok: false, ...item.error })
      return
    }
    if (!parsed.ok) throw new Error(`refused: ${parsed.code} ${parsed.field}: ${parsed.rule}`)
    expect(codec.adapt(asSchema(parsed.value) as Record<string, unknown>)).toEqual(item.value)
    expect(toHex(codec.encode(parsed.value as never))).toBe(hexOf(item.bytes))
    if (file.schema !== '') expect(byReflection(file.schema, bytes)).toEqual(item.value)
  })
}

const isCommandFile = (file: object): file is CommandFile => 'payload' in file
const isCaseFile = (file: object): file is CaseFile => 'schema' in file

for (const name of names) {
  const file = load(name) as object
  if (isCommandFile(file)) {
    describe(`${name} payload`, () => {
      const parse = (bytes: Uint8Array) => parsePayload(file.type, bytes)
      checkFile(file.payload, { parse, encode: encodePayload, adapt: withLeftOut })
    })
    describe(`${name} result`, () => {
      const parse = (bytes: Uint8Array) => parseResult(file.type, bytes)
      checkFile(file.result, { parse, encode: encodeResult, adapt: withoutType })
    })
  } else if (isCaseFile(file)) {
    describe(name, () => {
      const codec = codecs[file.schema]
      if (codec === undefined) throw new Error(`no codec for ${file.schema}`)
      checkFile(file, codec)
    })
  }
}

// ---------------------------------------------------------------- completeness

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter, at: number) => `${at > 0 ? '-' : ''}${letter.toLowerCase()}`)

/** Paths of all fields below a message; entries of lists by the first of them. */
const pathsOf = (type: protobuf.Type, prefix = ''): readonly string[] =>
  type.fieldsArray.flatMap((field) => {
    const path = `${prefix}${field.name}`
    const inner = field.resolve().resolvedType
    const entry = field.repeated ? `${path}[0]` : path
    const below = inner instanceof protobuf.Type ? pathsOf(inner, `${entry}.`) : []
    const own = inner instanceof protobuf.Type && !field.repeated ? [] : [path]
    return field.type === 'bool' ? below : [...own, ...below]
  })

/** 32-bit numbers of which every value is good: nothing on the wire can break them. */
const cannotBreak = (path: string): boolean =>
  /(^|\.)(assetEpoch|bindingEpoch|signerListVersion|version|done|total|resumed|batchNumber)$/.test(
    path,
  )

const brokenPaths = (file: CaseFile): ReadonlySet<string> =>
  new Set(file.cases.flatMap((item) => (item.error === undefined ? [] : [item.error.field])))

const messageTypes = ['Downlink', 'Uplink'].flatMap((name) =>
  (root.lookupType(`tillgate.v1.${name}`).oneofs['message']?.fieldsArray ?? []).map(
    (field) => [field.name, field.type] as const,
  ),
)

describe('the vectors are complete', () => {
  test.each(messageTypes)('%s has a file with a case for every field', (kind, typeName) => {
    const file = load(kebab(kind)) as CaseFile
    const seen = brokenPaths(file)
    const missing = pathsOf(root.lookupType(`tillgate.v1.${typeName}`)).filter(
      (path) => !seen.has(`${kind}.${path}`) && !cannotBreak(path),
    )
    expect(missing).toEqual([])
    expect(file.cases.some((item) => item.error === undefined)).toBe(true)
  })

  test.each(['SelfTest', 'Bind', 'Unbind', 'Lock', 'Unlock'])(
    'command %s has a file with a case for every field',
    (name) => {
      const file = load(kebab(name)) as CommandFile
      const parts = [file.payload, file.result].filter(({ schema }) => schema !== '')
      for (const part of parts) {
        const seen = brokenPaths(part)
        const paths = pathsOf(root.lookupType(`tillgate.v1.${part.schema}`))
        const missing = paths.filter((path) => !seen.has(path) && !cannotBreak(path))
        expect(missing.filter((path) => path !== 'bindingEpoch')).toEqual([])
      }
    },
  )

  test('every file is read by a test', () => {
    const elsewhere = [
      'evidence-pack',
      'keys',
      'mac',
      'merkle',
      'offline',
      'renewal',
      'session-key',
      'signatures',
      'signer-trust',
      'topics',
    ]
    const read = names.filter((name) => {
      const file = load(name) as object
      return isCommandFile(file) || isCaseFile(file)
    })
    expect([...read, ...elsewhere].sort()).toEqual(names)
  })
})
