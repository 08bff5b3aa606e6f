// Status (up, signed): the answer to Query, from the journal. README.md §10.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { orEmpty } from './optional.js'

export const journalStateNumbers = {
  NOT_SEEN: 1,
  RUNNING_NOW: 2,
  PREPARING: 3,
  PREPARED_NOW: 4,
  ERASING: 5,
  DONE: 6,
  FAILED: 7,
  REFUSED: 8,
  RELEASED: 9,
  INTERRUPTED: 10,
} as const

export type JournalState = keyof typeof journalStateNumbers

export interface Status {
  readonly kind: 'status'
  /** Of the Query that it answers. */
  readonly querySeq: number
  readonly state: JournalState
  readonly readyNonce: Uint8Array | undefined
  /** Of a stored refusal or result. */
  readonly code: number
  /** Of a stored result. */
  readonly payload: Uint8Array
}

export const readStatus = (from: tillgate.v1.Status.$Properties, fields: FieldReader): Status => ({
  kind: 'status',
  querySeq: fields.uint('querySeq', from.querySeq, 1, wireLimits.sequenceMax),
  state: fields.name('state', from.state, journalStateNumbers),
  readyNonce: fields.bytesOrNone('readyNonce', from.readyNonce, wireLimits.idBytes),
  code: fields.uint('code', from.code, 0, wireLimits.codeMax),
  payload: fields.blob('payload', from.payload, { min: 0, max: wireLimits.payloadBytesMax }),
})

export const writeStatus = (message: Status): tillgate.v1.Status.$Properties => ({
  ...message,
  state: journalStateNumbers[message.state],
  readyNonce: orEmpty(message.readyNonce),
})
