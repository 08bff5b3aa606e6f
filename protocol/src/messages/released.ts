// Released (up, signed; kept until its Receipt): the prepare is given up, its nonce is dead in the
// journal, and the terminal sells again. Not final for the command id. README.md §9.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { orEmpty } from './optional.js'

export const releaseCauseNumbers = {
  ABORTED: 1,
  LEASE_OVER: 2,
  REBOOTED: 3,
  DISPLACED: 4,
  NEVER_SEEN: 5,
} as const

export type ReleaseCause = keyof typeof releaseCauseNumbers

export interface Released {
  readonly kind: 'released'
  /** Undefined where none was given: released before Ready. */
  readonly readyNonce: Uint8Array | undefined
  readonly cause: ReleaseCause
  /** Sequence of the Abort that it answers; 0 where it answers none. */
  readonly abortSeq: number
}

export const readReleased = (
  from: tillgate.v1.Released.$Properties,
  fields: FieldReader,
): Released => ({
  kind: 'released',
  readyNonce: fields.bytesOrNone('readyNonce', from.readyNonce, wireLimits.idBytes),
  cause: fields.name('cause', from.cause, releaseCauseNumbers),
  abortSeq: fields.uint('abortSeq', from.abortSeq, 0, wireLimits.sequenceMax),
})

export const writeReleased = (message: Released): tillgate.v1.Released.$Properties => ({
  readyNonce: orEmpty(message.readyNonce),
  cause: releaseCauseNumbers[message.cause],
  abortSeq: message.abortSeq,
})
