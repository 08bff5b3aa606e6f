// Abort (down, ordinary key): give the prepare up. Without a nonce before Ready; answered with
// Released, also by a terminal that never saw the command. README.md §9.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { orEmpty } from './optional.js'

export interface Abort {
  readonly kind: 'abort'
  readonly commandId: Uint8Array
  readonly seq: number
  /** Undefined before Ready: it then names the command alone. */
  readonly readyNonce: Uint8Array | undefined
}

export const readAbort = (from: tillgate.v1.Abort.$Properties, fields: FieldReader): Abort => ({
  kind: 'abort',
  commandId: fields.bytes('commandId', from.commandId, wireLimits.idBytes),
  seq: fields.uint('seq', from.seq, 1, wireLimits.sequenceMax),
  readyNonce: fields.bytesOrNone('readyNonce', from.readyNonce, wireLimits.idBytes),
})

export const writeAbort = (message: Abort): tillgate.v1.Abort.$Properties => ({
  ...message,
  readyNonce: orEmpty(message.readyNonce),
})
