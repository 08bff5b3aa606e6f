// Command payloads: what a Command of each type carries, as bytes and as a value.
// An unknown type is UNKNOWN_COMMAND, which the terminal answers; it is not a broken message.
import { tillgate } from '#generated'
import { decodeWith, encodeWith } from '../codec/bodies.js'
import { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { refuse, type Parsed } from '../parsed.js'
import { readBind, type BindPayload } from './bind.js'
import { commandTypeName, type CommandTypeName } from './command-types.js'
import { readLock, type LockPayload } from './lock.js'
import { readSelfTest, type SelfTestPayload } from './self-test.js'
import { readUnbind, type UnbindPayload } from './unbind.js'
import { readUnlock, type UnlockPayload } from './unlock.js'

export type CommandPayload =
  SelfTestPayload | BindPayload | UnbindPayload | LockPayload | UnlockPayload

const bytesMax = wireLimits.payloadBytesMax

/** A reader of one message as a whole: fields, then the first refusal. */
const whole =
  <Shape, T>(read: (from: Shape, fields: FieldReader) => T) =>
  (from: Shape): Parsed<T> => {
    const fields = new FieldReader()
    return fields.outcome(read(from, fields))
  }

const reading = {
  SelfTest: whole(readSelfTest),
  Bind: whole(readBind),
  Unbind: whole(readUnbind),
  Lock: whole(readLock),
  Unlock: whole(readUnlock),
}

const { SelfTest, Bind, Unbind, Lock, Unlock } = tillgate.v1

const parseNamed = (name: CommandTypeName, bytes: Uint8Array): Parsed<CommandPayload> => {
  switch (name) {
    case 'SelfTest':
      return decodeWith(bytes, SelfTest, reading.SelfTest, bytesMax)
    case 'Bind':
      return decodeWith(bytes, Bind, reading.Bind, bytesMax)
    case 'Unbind':
      return decodeWith(bytes, Unbind, reading.Unbind, bytesMax)
    case 'Lock':
      return decodeWith(bytes, Lock, reading.Lock, bytesMax)
    case 'Unlock':
      return decodeWith(bytes, Unlock, reading.Unlock, bytesMax)
    default:
      return name satisfies never
  }
}

export const parsePayload = (type: number, bytes: Uint8Array): Parsed<CommandPayload> => {
  const name = commandTypeName(type)
  return name === undefined
    ? refuse('UNKNOWN_COMMAND', 'type', 'must be a known command type')
    : parseNamed(name, bytes)
}

export const encodePayload = (payload: CommandPayload): Uint8Array => {
  switch (payload.type) {
    case 'SelfTest':
      return encodeWith(SelfTest, reading.SelfTest, {}, bytesMax)
    case 'Bind':
      return encodeWith(Bind, reading.Bind, payload, bytesMax)
    case 'Unbind':
      return encodeWith(Unbind, reading.Unbind, payload, bytesMax)
    case 'Lock':
      return encodeWith(Lock, reading.Lock, payload, bytesMax)
    case 'Unlock':
      return encodeWith(Unlock, reading.Unlock, {}, bytesMax)
    default:
      return payload satisfies never
  }
}
