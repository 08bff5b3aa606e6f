// Refused (up; signed for a destructive command and then kept until its Receipt): the command, or
// its Proceed, had no effect and will have none under this sequence. README.md §8.
import type { tillgate } from '#generated'
import { printable } from '../codec/text-rules.js'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { orEmpty } from './optional.js'

export interface Refused {
  readonly kind: 'refused'
  /** Of the error catalogue; a newer terminal may know more of them. */
  readonly code: number
  /** Where it refuses a Proceed, or ends a prepare that was ready. */
  readonly readyNonce: Uint8Array | undefined
  /** Never data of a merchant or a card. */
  readonly detail: string
}

const detail = printable(0, wireLimits.detailLengthMax)

export const readRefused = (
  from: tillgate.v1.Refused.$Properties,
  fields: FieldReader,
): Refused => ({
  kind: 'refused',
  code: fields.uint('code', from.code, 1, wireLimits.codeMax),
  readyNonce: fields.bytesOrNone('readyNonce', from.readyNonce, wireLimits.idBytes),
  detail: fields.text('detail', from.detail, detail),
})

export const writeRefused = (message: Refused): tillgate.v1.Refused.$Properties => ({
  ...message,
  readyNonce: orEmpty(message.readyNonce),
})
