// RenewCertificate (down, ordinary key): without a certificate it asks for a RenewRequest, with one
// it is the answer to it. README.md §12.
import type { tillgate } from '#generated'
import { printable } from '../codec/text-rules.js'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'
import { orEmpty } from './optional.js'

export interface RenewCertificate {
  readonly kind: 'renewCertificate'
  readonly reason: string
  /** DER; undefined in the request. */
  readonly certificate: Uint8Array | undefined
  /** DER certificates, concatenated, the issuer first. */
  readonly chain: Uint8Array | undefined
}

const reason = printable(0, wireLimits.reasonLengthMax)

export const readRenewCertificate = (
  from: tillgate.v1.RenewCertificate.$Properties,
  fields: FieldReader,
): RenewCertificate => {
  const certificate = fields.blobOrNone(
    'certificate',
    from.certificate,
    wireLimits.certificateBytesMax,
  )
  const chain = fields.blobOrNone('chain', from.chain, wireLimits.chainBytesMax)
  if (chain !== undefined && certificate === undefined) {
    fields.refuse('chain', 'must not come without a certificate')
  }
  return {
    kind: 'renewCertificate',
    reason: fields.text('reason', from.reason, reason),
    certificate,
    chain,
  }
}

export const writeRenewCertificate = (
  message: RenewCertificate,
): tillgate.v1.RenewCertificate.$Properties => ({
  reason: message.reason,
  certificate: orEmpty(message.certificate),
  chain: orEmpty(message.chain),
})
