// Command (down; ordinary or destructive key by its type): an order, with all that a terminal
// checks before any effect. The payload stays bytes here: an unknown type must still parse, so that
// it can be refused by its code. README.md §7.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { orEmpty } from './optional.js'

export interface Command {
  readonly kind: 'command'
  readonly commandId: Uint8Array
  /** 1 to 63: destroys nothing; 64 to 127: destructive. May be unknown. */
  readonly type: number
  readonly assetEpoch: number
  readonly bindingEpoch: number
  readonly seq: number
  readonly issuedAtMs: number
  readonly notAfterMs: number
  /** Destructive: of the current Hello. */
  readonly sessionNonce: Uint8Array | undefined
  readonly approvalHash: Uint8Array | undefined
  readonly payload: Uint8Array
}

export const readCommand = (
  from: tillgate.v1.Command.$Properties,
  fields: FieldReader,
): Command => {
  const issuedAtMs = fields.uint('issuedAtMs', from.issuedAtMs, 1, wireLimits.sequenceMax)
  const notAfterMs = fields.uint('notAfterMs', from.notAfterMs, 1, wireLimits.sequenceMax)
  if (notAfterMs < issuedAtMs) fields.refuse('notAfterMs', 'must not lie before issuedAtMs')
  return {
    kind: 'command',
    commandId: fields.bytes('commandId', from.commandId, wireLimits.idBytes),
    type: fields.uint('type', from.type, 1, wireLimits.commandTypeMax),
    assetEpoch: fields.uint('assetEpoch', from.assetEpoch, 0, wireLimits.epochMax),
    bindingEpoch: fields.uint('bindingEpoch', from.bindingEpoch, 0, wireLimits.epochMax),
    seq: fields.uint('seq', from.seq, 1, wireLimits.sequenceMax),
    issuedAtMs,
    notAfterMs,
    sessionNonce: fields.bytesOrNone('sessionNonce', from.sessionNonce, wireLimits.idBytes),
    approvalHash: fields.bytesOrNone('approvalHash', from.approvalHash, wireLimits.hashBytes),
    payload: fields.blob('payload', from.payload, { min: 0, max: wireLimits.payloadBytesMax }),
  }
}

export const writeCommand = (message: Command): tillgate.v1.Command.$Properties => ({
  // Not a spread with two fields set anew, which costs V8 twenty times as much.
  commandId: message.commandId,
  type: message.type,
  assetEpoch: message.assetEpoch,
  bindingEpoch: message.bindingEpoch,
  seq: message.seq,
  issuedAtMs: message.issuedAtMs,
  notAfterMs: message.notAfterMs,
  sessionNonce: orEmpty(message.sessionNonce),
  approvalHash: orEmpty(message.approvalHash),
  payload: message.payload,
})
