// The command signers as a terminal trusts them: a list signed by the offline root that was pinned
// at enrolment, and the search for the one that may have signed a given envelope. README.md §4.
import { equalBytes } from './bytes.js'
import { algorithmByNumber, type Primitives, type PublicKeyHandle } from './crypto/primitives.js'
import { parseEnvelope } from './envelope/envelope.js'
import { signerPurposeNumbers, type SignerPurpose } from './envelope/purpose.js'
import { verifySignature } from './envelope/signature.js'
import { parseDownlink } from './messages/downlink.js'
import type { Signer, SignerList } from './messages/signer-list.js'
import { accept, refuse, type Parsed } from './parsed.js'

/** Opens a SignerList's envelope; accepts nothing that the root did not sign. */
export const openSignerList = (
  p: Primitives,
  root: PublicKeyHandle,
  envelopeBytes: Uint8Array,
): Parsed<SignerList> => {
  const envelope = parseEnvelope(envelopeBytes)
  if (!envelope.ok) return envelope
  const { body, auth } = envelope.value
  const downlink = parseDownlink(body)
  if (!downlink.ok) return downlink
  const { message } = downlink.value
  if (message.kind !== 'signerList')
    return refuse('UNKNOWN_MESSAGE', 'message', 'must be a SignerList')
  if (auth?.kind !== 'signature' || !verifySignature(p, root, 'signers', body, auth)) {
    return refuse('BAD_SIGNATURE', 'auth', 'must be signed by the offline root')
  }
  return accept(message)
}

export interface SignerQuestion {
  readonly kid: Uint8Array
  readonly purpose: SignerPurpose
  /** Undefined where the clock is not sure: validity is then not asked. */
  readonly timeMs: number | undefined
}

/** UNKNOWN_SIGNER where no such key is listed, SIGNER_NOT_ALLOWED where it may not do this now. */
export const findSigner = (
  list: SignerList,
  { kid, purpose, timeMs }: SignerQuestion,
): Parsed<Signer> => {
  const known = list.signers.filter(
    (signer) => equalBytes(signer.kid, kid) && algorithmByNumber(signer.alg) !== undefined,
  )
  if (known.length === 0) return refuse('UNKNOWN_SIGNER', 'kid', 'must be a key of the signer list')
  const allowed = known.find(
    (signer) =>
      signer.purpose === signerPurposeNumbers[purpose] &&
      (timeMs === undefined || (signer.notBeforeMs <= timeMs && timeMs <= signer.notAfterMs)),
  )
  return allowed === undefined
    ? refuse('SIGNER_NOT_ALLOWED', 'kid', 'must be listed for this purpose and this time')
    : accept(allowed)
}
