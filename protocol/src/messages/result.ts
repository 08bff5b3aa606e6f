// Result (up; signed for a destructive command and then kept until its Receipt): how the command
// ended. The payload stays bytes: the command's type says how to read it. README.md §8.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'

export interface Result {
  readonly kind: 'result'
  /** 0: done; else of the error catalogue: failed. */
  readonly code: number
  readonly payload: Uint8Array
  /** A crash interrupted an effect that cannot be resumed. */
  readonly unknown: boolean
}

export const readResult = (from: tillgate.v1.Result.$Properties, fields: FieldReader): Result => {
  const code = fields.uint('code', from.code, 0, wireLimits.codeMax)
  const unknown = fields.flag('unknown', from.unknown)
  if (unknown && code === 0) fields.refuse('unknown', 'must not be set where the code says done')
  return {
    kind: 'result',
    code,
    payload: fields.blob('payload', from.payload, { min: 0, max: wireLimits.payloadBytesMax }),
    unknown,
  }
}

export const writeResult = (message: Result): tillgate.v1.Result.$Properties => message
