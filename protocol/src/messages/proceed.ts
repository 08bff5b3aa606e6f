// Proceed (down, destructive key): the second phase; its commit is the gateway's point of no return.
// It names the nonce of the Ready it answers and the Command body which that Ready named.
// README.md §9.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'

export interface Proceed {
  readonly kind: 'proceed'
  readonly commandId: Uint8Array
  readonly seq: number
  readonly readyNonce: Uint8Array
  /** SHA-256 of the downlink body that Ready named. */
  readonly commandHash: Uint8Array
}

export const readProceed = (
  from: tillgate.v1.Proceed.$Properties,
  fields: FieldReader,
): Proceed => ({
  kind: 'proceed',
  commandId: fields.bytes('commandId', from.commandId, wireLimits.idBytes),
  seq: fields.uint('seq', from.seq, 1, wireLimits.sequenceMax),
  readyNonce: fields.bytes('readyNonce', from.readyNonce, wireLimits.idBytes),
  commandHash: fields.bytes('commandHash', from.commandHash, wireLimits.hashBytes),
})

export const writeProceed = (message: Proceed): tillgate.v1.Proceed.$Properties => message
