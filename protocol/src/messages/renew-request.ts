// RenewRequest (up, signed by the identity key in force): a CSR for the next identity key.
// README.md §12.
import type { tillgate } from '#generated'
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'

export interface RenewRequest {
  readonly kind: 'renewRequest'
  /** PKCS #10, DER, signed by the new key. */
  readonly csr: Uint8Array
  /** Over `renewalBytes`, by the identity key in force. */
  readonly proofOfOldKey: Uint8Array
}

export const readRenewRequest = (
  from: tillgate.v1.RenewRequest.$Properties,
  fields: FieldReader,
): RenewRequest => ({
  kind: 'renewRequest',
  csr: fields.blob('csr', from.csr, { min: 1, max: wireLimits.csrBytesMax }),
  proofOfOldKey: fields.blob('proofOfOldKey', from.proofOfOldKey, {
    min: wireLimits.signatureBytesMin,
    max: wireLimits.signatureBytesMax,
  }),
})

export const writeRenewRequest = (message: RenewRequest): tillgate.v1.RenewRequest.$Properties =>
  message
