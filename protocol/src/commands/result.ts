// The payload of a Result whose code is 0. A Result with another code carries none: do not read it.
import { tillgate } from '#generated'
import { noBytes } from '../bytes.js'
import { decodeWith, encodeWith } from '../codec/bodies.js'
import { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { accept, refuse, type Parsed } from '../parsed.js'
import { readBindResult, writeBindResult, type BindResult } from './bind.js'
import { commandTypeName } from './command-types.js'
import type { LockResult } from './lock.js'
import { readSelfTestResult, type SelfTestResult } from './self-test.js'
import type { UnbindResult } from './unbind.js'
import type { UnlockResult } from './unlock.js'

export type CommandResult = SelfTestResult | BindResult | UnbindResult | LockResult | UnlockResult

const bytesMax = wireLimits.payloadBytesMax

const selfTest = (from: tillgate.v1.SelfTestResult.$Properties): Parsed<SelfTestResult> => {
  const fields = new FieldReader()
  return fields.outcome(readSelfTestResult(from, fields))
}

const bind = (from: tillgate.v1.BindResult.$Properties): Parsed<BindResult> => {
  const fields = new FieldReader()
  return fields.outcome(readBindResult(from, fields))
}

const empty = <T>(bytes: Uint8Array, value: T): Parsed<T> =>
  bytes.length === 0 ? accept(value) : refuse('MALFORMED', 'payload', 'must be empty')

export const parseResult = (type: number, bytes: Uint8Array): Parsed<CommandResult> => {
  const name = commandTypeName(type)
  switch (name) {
    case 'SelfTest':
      return decodeWith(bytes, tillgate.v1.SelfTestResult, selfTest, bytesMax)
    case 'Bind':
      return decodeWith(bytes, tillgate.v1.BindResult, bind, bytesMax)
    case 'Unbind':
      return empty(bytes, { type: 'Unbind' })
    case 'Lock':
      return empty(bytes, { type: 'Lock' })
    case 'Unlock':
      return empty(bytes, { type: 'Unlock' })
    case undefined:
      return refuse('UNKNOWN_COMMAND', 'type', 'must be a known command type')
    default:
      return name satisfies never
  }
}

export const encodeResult = (result: CommandResult): Uint8Array => {
  switch (result.type) {
    case 'SelfTest':
      return encodeWith(tillgate.v1.SelfTestResult, selfTest, result, bytesMax)
    case 'Bind':
      return encodeWith(tillgate.v1.BindResult, bind, writeBindResult(result), bytesMax)
    case 'Unbind':
    case 'Lock':
    case 'Unlock':
      return noBytes
    default:
      return result satisfies never
  }
}
