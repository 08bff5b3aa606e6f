// One half of the session's key agreement, in Hello and Welcome: an uncompressed P-256 point.
// Whether it lies on the curve is for `AgreementKey.agree` to say.
import type { FieldReader } from '../codec/fields.js'
import { wireLimits } from '../limits.js'

const uncompressed = 4

export const readKeyShare = (
  field: string,
  value: Uint8Array | null | undefined,
  fields: FieldReader,
): Uint8Array => {
  const share = fields.bytes(field, value, wireLimits.keyShareBytes)
  if (share[0] !== uncompressed) fields.refuse(field, 'must be an uncompressed point')
  return share
}
