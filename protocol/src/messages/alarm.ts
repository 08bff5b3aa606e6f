// Alarm (up, signed; kept until its Receipt): something that should not be. It also answers a
// downlink that could not be authenticated, which must never be answered with Refused. README.md §7.
import type { tillgate } from '#generated'
import { printable } from '../codec/text-rules.js'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { orEmpty } from './optional.js'

export interface Alarm {
  readonly kind: 'alarm'
  /** Of the error catalogue. */
  readonly code: number
  readonly detail: string
  /** SHA-256 of the body that raised it. */
  readonly offendingHash: Uint8Array | undefined
}

const detail = printable(0, wireLimits.detailLengthMax)

export const readAlarm = (from: tillgate.v1.Alarm.$Properties, fields: FieldReader): Alarm => ({
  kind: 'alarm',
  code: fields.uint('code', from.code, 1, wireLimits.codeMax),
  detail: fields.text('detail', from.detail, detail),
  offendingHash: fields.bytesOrNone('offendingHash', from.offendingHash, wireLimits.hashBytes),
})

export const writeAlarm = (message: Alarm): tillgate.v1.Alarm.$Properties => ({
  ...message,
  offendingHash: orEmpty(message.offendingHash),
})
