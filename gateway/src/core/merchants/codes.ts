/**
 * One-time codes of merchants: digits, and what is kept of them. The hash covers what is confirmed, so a
 * code of one case, terminal, merchant or reason confirms no other.
 */
import { canonicalJson, concat, utf8, uuidToText } from '@tillgate/protocol'

import type { Digest } from '../ports/signing.js'
import type { Entropy } from '../ports/system.js'
import type { CaseView } from '../queries/queries.js'
import { merchantLimits } from './limits.js'

const codes = 10 ** merchantLimits.codeDigits

/** The remainder of 48 bits: no digit is likelier by more than 1 in 200 million. */
export const makeCode = (entropy: Entropy): string => {
  const number = entropy.bytes(6).reduce((sum, byte) => sum * 256 + byte, 0)
  return String(number % codes).padStart(merchantLimits.codeDigits, '0')
}

type Confirmed = Pick<
  CaseView,
  'uuid' | 'sn' | 'acquirerCode' | 'mid' | 'tid' | 'bindingUuid' | 'reason'
>

export const hashCode = (
  { sha256 }: Pick<Digest, 'sha256'>,
  { salt, code, about }: { salt: Uint8Array; code: string; about: Confirmed },
): Uint8Array => {
  const { uuid, sn, acquirerCode, mid, tid, bindingUuid, reason } = about
  const said = {
    ...{ sn, acquirerCode, mid, tid, reason, code },
    case: uuidToText(uuid),
    binding: uuidToText(bindingUuid),
  }
  return sha256(concat(salt, utf8(canonicalJson(said))))
}
