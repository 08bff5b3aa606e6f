/**
 * From bytes to an authentic uplink: parse the envelope, parse the body, the serial number must be the
 * session's, and the signature or the MAC must hold. Nothing later looks at the authentication again.
 */
import {
  copyBytes,
  kidOf,
  needsSignature,
  parseEnvelope,
  parseUplink,
  rootFromProof,
  signedBytes,
  verifyMac,
  type ErrorCode,
  type MacAuth,
  type SignatureAuth,
} from '@tillgate/protocol'

import type { Digest, Verifier } from '../ports/signing.js'
import type { Session } from '../sessions/session.js'
import type { Authentic } from './context.js'

export interface AuthenticationPorts {
  readonly digest: Digest
  readonly verifier: Verifier
}

export type Authentication =
  | { readonly ok: true; readonly said: Authentic }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string }

const no = (code: ErrorCode, detail: string): Authentication => ({ ok: false, code, detail })

const signatureHolds = async (
  { digest, verifier }: AuthenticationPorts,
  session: Session,
  body: Uint8Array,
  auth: SignatureAuth,
): Promise<ErrorCode | undefined> => {
  const { deviceKey } = session
  if (deviceKey === undefined) return 'UNKNOWN_SIGNER'
  if (auth.alg !== deviceKey.alg || !digest.equal(auth.kid, kidOf(digest, deviceKey.spki))) {
    return 'UNKNOWN_SIGNER'
  }
  const root = rootFromProof(digest, body, auth)
  if (root === undefined) return 'BAD_SIGNATURE'
  const { alg, kid, treeSize, signature } = auth
  const data = signedBytes({ purpose: 'device', alg, kid, treeSize, root })
  const [good] = await verifier.verify([{ key: deviceKey, data, signature }])
  return good === true ? undefined : 'BAD_SIGNATURE'
}

/** The counter moves only with a MAC that holds. */
const macHolds = (
  { digest }: AuthenticationPorts,
  session: Session,
  body: Uint8Array,
  auth: MacAuth,
): ErrorCode | undefined => {
  const { greeting } = session
  if (greeting === undefined || !digest.equal(auth.sessionId, greeting.sessionId)) {
    return 'UNKNOWN_SESSION'
  }
  if (!verifyMac(digest, greeting.macKey, body, auth)) return 'BAD_MAC'
  if (session.brokered) return undefined
  if (auth.counter <= session.macCounter) return 'STALE_COUNTER'
  session.macCounter = auth.counter
  return undefined
}

/** A class: an object literal with a getter is put together anew for each, a µs at a time. */
class Authenticated implements Authentic {
  readonly uplink: Authentic['uplink']
  readonly body: Uint8Array
  readonly evidence: Uint8Array | null
  readonly #digest: Digest
  #hash: Uint8Array | undefined

  constructor(digest: Digest, { uplink, body, evidence }: Omit<Authentic, 'hash'>) {
    this.#digest = digest
    this.uplink = uplink
    this.body = body
    this.evidence = evidence
  }

  get hash(): Uint8Array {
    this.#hash ??= this.#digest.sha256(this.body)
    return this.#hash
  }
}

const authentic = (digest: Digest, parts: Omit<Authentic, 'hash'>): Authentication => ({
  ok: true,
  said: new Authenticated(digest, parts),
})

export const authenticate = async (
  ports: AuthenticationPorts,
  session: Session,
  payload: Uint8Array,
): Promise<Authentication> => {
  const { digest } = ports
  const envelope = parseEnvelope(payload)
  if (!envelope.ok) return no(envelope.code, `${envelope.field}: ${envelope.rule}`)
  const { body, auth } = envelope.value
  const uplink = parseUplink(body)
  if (!uplink.ok) return no(uplink.code, `${uplink.field}: ${uplink.rule}`)
  if (uplink.value.sn !== session.sn) return no('WRONG_TARGET', 'another serial number')
  if (auth === undefined) return no('NOT_SIGNED', 'no authentication at all')
  const { message } = uplink.value
  if (auth.kind === 'signature') {
    const wrong = await signatureHolds(ports, session, body, auth)
    return wrong === undefined
      ? authentic(digest, { uplink: uplink.value, body, evidence: copyBytes(payload) })
      : no(wrong, message.kind)
  }
  // Whether a Refused or Result ends something destructive is known to the records only.
  if (needsSignature(message, false)) return no('NOT_SIGNED', message.kind)
  const wrong = macHolds(ports, session, body, auth)
  return wrong === undefined
    ? authentic(digest, { uplink: uplink.value, body, evidence: null })
    : no(wrong, message.kind)
}
