/**
 * Enrolment: a one-time token and a certificate request in, an identity out (architecture §8).
 * The token is looked at before the request, so that a stranger without one costs a hash and a read.
 * The certificate is issued first; `enrol-terminal` then uses up the token and registers it in one
 * transaction. Refusals are values; what rejects is the records.
 */
import { downTopic, stateTopic, upTopic, uuidToText } from '@tillgate/protocol'
import { X509Certificate } from 'node:crypto'
import type { IdempotencyClaim } from '../core/operations/idempotency.js'
import type { EnrolTerminalResult } from '../core/operations/enrol-terminal.js'
import type { Records } from '../core/ports/records.js'
import type { Entropy, Ids } from '../core/ports/system.js'
import type { CertificateAuthority } from './certificate-authority.js'
import type { StoredSignerList } from './command-signers.js'
import { parseCsrPem } from './csr.js'
import { serialNumberOf, tokenHash, tokenText } from './enrolment-token.js'
import { pkiLimits } from './limits.js'
import { certificatePem } from './pem.js'
import { refusal, type PkiRefusal } from './refusal.js'

/** Where a terminal connects to, as it is to be told. */
export interface Endpoint {
  readonly mqtts: string
  readonly wss: string
}

export interface TokenOrder {
  readonly sn: string
  /** An administrator's leave for a certificate beside a live one. */
  readonly reenrol: boolean
  /** A day where left out, which is also the most. */
  readonly lifeMs?: number
  readonly actor: string
  readonly nowMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface CreatedToken {
  readonly ok: true
  readonly publicId: string
  /** Shown once. Undefined where the request repeats an earlier one: it was shown then. */
  readonly token: string | undefined
  readonly expiresAtMs: number | undefined
}

export interface EnrolmentRequest {
  readonly csrPem: string
  readonly token: string
  readonly nowMs: number
}

export interface Enrolled {
  readonly ok: true
  readonly sn: string
  readonly clientId: string
  /** What the terminal is to name in its Hello and to ask of every command. */
  readonly assetEpoch: number
  readonly certificatePem: string
  readonly chainPem: string
  /** The CAs that vouch for servers of this Tillgate, ours among them. */
  readonly serverCaPem: string
  /** The envelope of the SignerList, base64. */
  readonly signerList: string
  /** The offline root's SubjectPublicKeyInfo, base64. */
  readonly offlineRoot: string
  readonly topics: { readonly down: string; readonly up: string; readonly state: string }
  readonly endpoint: Endpoint
  /** The same request was answered before; nothing changed. */
  readonly replayed: boolean
}

export interface Enrolment {
  createToken(order: TokenOrder): Promise<CreatedToken | PkiRefusal>
  enrol(request: EnrolmentRequest): Promise<Enrolled | PkiRefusal>
}

export interface EnrolmentParts {
  readonly records: Records
  readonly ca: CertificateAuthority
  readonly signerList: StoredSignerList
  readonly offlineRootSpki: Uint8Array
  readonly endpoint: () => Endpoint
  /** The CA that an enrolling terminal has to trust for this very server, DER. */
  readonly serverRoot: () => Uint8Array
  /** CAs that vouch for servers beside that one and ours, PEM. */
  readonly serverRoots: readonly string[]
  readonly terminalLifeMs: number
  readonly entropy: Entropy
  readonly ids: Ids
}

type TokenRefusedCode = 'NOT_FOUND' | 'ILLEGAL_STATE' | 'CERTIFICATE_LIVE' | 'IDEMPOTENCY_MISMATCH'

const tokenRules: Readonly<Record<TokenRefusedCode, readonly [field: string, rule: string]>> = {
  NOT_FOUND: ['sn', 'must be a registered terminal'],
  ILLEGAL_STATE: ['sn', 'must not be decommissioned'],
  CERTIFICATE_LIVE: ['reenrol', 'must be set by an administrator: a certificate is live'],
  IDEMPOTENCY_MISMATCH: ['Idempotency-Key', 'was used with another request'],
}

const createToken = async (
  order: TokenOrder,
  { records, serverRoot, entropy, ids }: EnrolmentParts,
): Promise<CreatedToken | PkiRefusal> => {
  const { sn, reenrol, actor, nowMs, idempotency } = order
  const lifeMs = order.lifeMs ?? pkiLimits.enrolmentTokenLifeMsDefault
  const { enrolmentTokenLifeMsMin: min, enrolmentTokenLifeMsMax: max } = pkiLimits
  if (!Number.isInteger(lifeMs) || lifeMs < min || lifeMs > max) {
    return refusal('VALIDATION', 'lifeMs', `must lie between ${String(min)} and ${String(max)}`)
  }
  const uuid = ids.next()
  const token = tokenText(sn, serverRoot(), entropy)
  const expiresAtMs = nowMs + lifeMs
  const answer = await records.submit('create-enrolment-token', {
    uuid,
    publicId: uuidToText(uuid),
    sn,
    tokenHash: tokenHash(token),
    reenrol,
    expiresAtMs,
    actor,
    atMs: nowMs,
    ...(idempotency === undefined ? {} : { idempotency }),
  })
  if (!answer.ok) return refusal(answer.code, ...tokenRules[answer.code])
  const { publicId } = answer
  return answer.replayed
    ? { ok: true, publicId, token: undefined, expiresAtMs: undefined }
    : { ok: true, publicId, token, expiresAtMs }
}

/** Ours always: whatever a node or a broker shows today, tomorrow it may be a certificate of ours again. */
const serverCaPem = ({ ca, serverRoot, serverRoots }: EnrolmentParts): string => {
  const inOneForm = [...serverRoots].map((pem) => certificatePem(new X509Certificate(pem).raw))
  return [...new Set([certificatePem(serverRoot()), ...inOneForm, ca.pem])].join('')
}

const badToken = refusal(
  'ENROLMENT_TOKEN_INVALID',
  'token',
  'must be known, unused, unexpired and for this terminal',
)

const refused = (code: Extract<EnrolTerminalResult, { ok: false }>['code']): PkiRefusal => {
  switch (code) {
    case 'ENROLMENT_TOKEN_INVALID':
      return badToken
    case 'CERTIFICATE_LIVE':
      return refusal(code, 'token', 'must be a re-enrolment token: a certificate is live')
    case 'CERTIFICATE_REVOKED':
      return refusal(code, 'token', 'the certificate that it was used for has been revoked')
    case 'CSR_INVALID':
      return refusal(code, 'csrPem', 'must not be for a key that was revoked')
    case 'ILLEGAL_STATE':
      return refusal(code, 'token', 'must be for a terminal that may have a certificate')
    default:
      return code satisfies never
  }
}

const enrol = async (
  { csrPem, token, nowMs }: EnrolmentRequest,
  parts: EnrolmentParts,
): Promise<Enrolled | PkiRefusal> => {
  const { records, ca, signerList, offlineRootSpki } = parts
  const sn = serialNumberOf(token)
  if (sn === undefined) return badToken
  const hash = tokenHash(token)
  const row = await records.read('enrolment-token-by-hash', { tokenHash: hash })
  if (row === undefined || row.sn !== sn) return badToken
  if (row.usedAtMs === null && nowMs >= row.expiresAtMs) return badToken
  const parsed = parseCsrPem(csrPem, sn)
  if (!parsed.ok) return refusal(parsed.code, 'csrPem', parsed.rule)
  const { spki, sha256: csrHash } = parsed.csr
  const certificate = await ca.issueTerminal({ sn, spki, nowMs, lifeMs: parts.terminalLifeMs })
  const input = { tokenHash: hash, csrHash, certificate, atMs: nowMs }
  const answer = await records.submit('enrol-terminal', input)
  if (!answer.ok) return refused(answer.code)
  return {
    ok: true,
    sn,
    clientId: sn,
    assetEpoch: answer.assetEpoch,
    certificatePem: certificatePem(answer.certificateDer),
    chainPem: ca.pem,
    serverCaPem: serverCaPem(parts),
    signerList: Buffer.from(signerList.envelope).toString('base64'),
    offlineRoot: Buffer.from(offlineRootSpki).toString('base64'),
    topics: { down: downTopic(sn), up: upTopic(sn), state: stateTopic(sn) },
    endpoint: parts.endpoint(),
    replayed: answer.replayed,
  }
}

export const createEnrolment = (parts: EnrolmentParts): Enrolment => ({
  createToken: (order) => createToken(order, parts),
  enrol: (request) => enrol(request, parts),
})
