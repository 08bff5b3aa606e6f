/**
 * The first half of the ordered checks (architecture §5): size, parse, version, my serial number,
 * signer allowed for this type, signature. What fails here was said by nobody we know: it changes
 * nothing and is never answered with Refused.
 */
import {
  findSigner,
  parseDownlink,
  parseEnvelope,
  purposeOfDownlink,
  refuse,
  toHex,
  verifySignature,
  type Downlink,
  type DownlinkMessage,
  type Envelope,
  type Primitives,
  type Purpose,
  type Refusal,
  type SignerPurpose,
} from '@tillgate/protocol'
import { trustedNow, type TerminalState } from '../state.js'

export type Opened =
  | {
      readonly ok: true
      readonly message: DownlinkMessage
      readonly body: Uint8Array
      readonly hash: Uint8Array
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly hash: Uint8Array | undefined }

const isSignerPurpose = (purpose: Purpose): purpose is SignerPurpose =>
  purpose !== 'signers' && purpose !== 'device'

/** A Welcome is judged by the time that it brings; before it the clock says nothing. */
const timeFor = (
  state: TerminalState,
  nowMs: number,
  message: DownlinkMessage,
): number | undefined => (message.kind === 'welcome' ? message.timeMs : trustedNow(state, nowMs))

interface Claim {
  readonly envelope: Envelope
  readonly downlink: Downlink
  readonly nowMs: number
}

const checkSigner = (
  state: TerminalState,
  p: Primitives,
  { envelope, downlink, nowMs }: Claim,
): Refusal | undefined => {
  const { message } = downlink
  const purpose = purposeOfDownlink(message)
  // Its own root is checked where it is taken (session/trust.ts).
  if (!isSignerPurpose(purpose)) return undefined
  const { body, auth } = envelope
  if (auth?.kind !== 'signature') return refuse('BAD_SIGNATURE', 'auth', 'must be a signature')
  const { trust } = state
  if (trust === undefined) return refuse('UNKNOWN_SIGNER', 'kid', 'there is no signer list')
  const timeMs = timeFor(state, nowMs, message)
  const signer = findSigner(trust.list, { kid: auth.kid, purpose, timeMs })
  if (!signer.ok) return signer
  const key = trust.keys.get(toHex(auth.kid))
  if (key === undefined) return refuse('UNKNOWN_SIGNER', 'kid', 'its key cannot be used here')
  return verifySignature(p, key, purpose, body, auth)
    ? undefined
    : refuse('BAD_SIGNATURE', 'auth', 'must be the signature of its key')
}

export const openPacket = (
  state: TerminalState,
  p: Primitives,
  payload: Uint8Array,
  nowMs: number,
): Opened => {
  const envelope = parseEnvelope(payload)
  if (!envelope.ok) return { ok: false, refusal: envelope, hash: undefined }
  const { body } = envelope.value
  const hash = p.sha256(body)
  const downlink = parseDownlink(body)
  if (!downlink.ok) return { ok: false, refusal: downlink, hash }
  const { sn, message } = downlink.value
  if (message.kind !== 'signerList' && sn !== state.sn) {
    const refusal = refuse('WRONG_TARGET', 'sn', 'must be the serial number of this terminal')
    return { ok: false, refusal, hash }
  }
  const claim = { envelope: envelope.value, downlink: downlink.value, nowMs }
  const refusal = checkSigner(state, p, claim)
  return refusal === undefined ? { ok: true, message, body, hash } : { ok: false, refusal, hash }
}
