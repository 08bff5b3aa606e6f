// SignerList (down, offline root): the keys that may sign what goes down. It is the same for every
// terminal, so its Downlink is addressed to the fleet. A signer of an unknown purpose or algorithm
// parses and is ignored, so that a list with a newer kind of key does not lock old terminals out.
// README.md §4.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'

export interface Signer {
  readonly kid: Uint8Array
  /** Wire number, see `signerPurposeNumbers`; may be unknown. */
  readonly purpose: number
  /** Wire number, see `algorithmNumbers`; may be unknown. */
  readonly alg: number
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

export interface SignerList {
  readonly kind: 'signerList'
  readonly listVersion: number
  readonly issuedAtMs: number
  readonly signers: readonly Signer[]
}

const numberMax = 255

const readSigner = (from: tillgate.v1.Signer.$Properties, fields: FieldReader): Signer => {
  const notBeforeMs = fields.uint('notBeforeMs', from.notBeforeMs, 0, wireLimits.sequenceMax)
  const notAfterMs = fields.uint('notAfterMs', from.notAfterMs, 1, wireLimits.sequenceMax)
  if (notAfterMs < notBeforeMs) fields.refuse('notAfterMs', 'must not lie before notBeforeMs')
  return {
    kid: fields.bytes('kid', from.kid, wireLimits.kidBytes),
    purpose: fields.uint('purpose', from.purpose, 1, numberMax),
    alg: fields.uint('alg', from.alg, 1, numberMax),
    publicKey: fields.blob('publicKey', from.publicKey, {
      min: 1,
      max: wireLimits.publicKeyBytesMax,
    }),
    notBeforeMs,
    notAfterMs,
  }
}

export const readSignerList = (
  from: tillgate.v1.SignerList.$Properties,
  fields: FieldReader,
): SignerList => {
  const signers = fields.list('signers', from.signers, wireLimits.signersMax, readSigner)
  if (signers.length === 0) fields.refuse('signers', 'must not be empty')
  return {
    kind: 'signerList',
    listVersion: fields.uint('listVersion', from.listVersion, 1, wireLimits.epochMax),
    issuedAtMs: fields.uint('issuedAtMs', from.issuedAtMs, 1, wireLimits.sequenceMax),
    signers,
  }
}

export const writeSignerList = (message: SignerList): tillgate.v1.SignerList.$Properties => ({
  ...message,
  signers: [...message.signers],
})
