/**
 * What people do with certificates of terminals: register one that a maker issued, revoke one.
 * Revoking answers whose session must be cut; cutting it is the node's business.
 */
import { fromHex } from '@tillgate/protocol'
import { X509Certificate } from 'node:crypto'
import type { IdempotencyClaim } from '../core/operations/idempotency.js'
import type { RegisterCertificateResult } from '../core/operations/register-certificate.js'
import type { Records } from '../core/ports/records.js'
import { identityLimits } from '../core/terminals/limits.js'
import { checkedCertificate } from './checked-certificate.js'
import { identityKey } from './identity-key.js'
import { validityOf } from './issue-certificate.js'
import { pkiLimits } from './limits.js'
import { pemDecode } from './pem.js'
import { refusal, type PkiRefusal } from './refusal.js'
import type { Trust } from './trust.js'

export interface RegisterOrder {
  readonly sn: string
  readonly certificatePem: string
  readonly actor: string
  readonly nowMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface RevokeOrder {
  /** The fingerprint, SHA-256 of the DER in hex. */
  readonly fingerprint: string
  readonly reason: string
  readonly actor: string
  readonly nowMs: number
}

/** Whose live session stands on a certificate that is revoked now. */
export interface Revoked {
  readonly ok: true
  readonly terminalId: number
  readonly sn: string
  readonly sha256: Uint8Array
  readonly revokedAtMs: number
  readonly replayed: boolean
}

export interface Registered {
  readonly ok: true
  readonly fingerprint: string
  readonly replayed: boolean
}

export interface Certificates {
  register(order: RegisterOrder): Promise<Registered | PkiRefusal>
  revoke(order: RevokeOrder): Promise<Revoked | PkiRefusal>
}

const clientAuth = '1.3.6.1.5.5.7.3.2'

const parse = (pem: string): X509Certificate | undefined => {
  const der = pemDecode(pem, ['CERTIFICATE'])
  if (der === undefined) return undefined
  try {
    const certificate = new X509Certificate(der)
    return certificate.raw.equals(der) ? certificate : undefined
  } catch {
    return undefined
  }
}

/** The rule that a maker's certificate breaks; undefined where it may be registered. */
const brokenRule = (certificate: X509Certificate, trust: Trust, nowMs: number) => {
  if (certificate.ca) return 'must not be a CA'
  // `keyUsage` is what Node calls the extended key usage.
  const usages = certificate.keyUsage as readonly string[] | undefined
  if (usages !== undefined && !usages.includes(clientAuth))
    return 'must be good for client authentication'
  const key = identityKey(certificate.publicKey.export({ type: 'spki', format: 'der' }))
  if (!key.ok) return key.rule
  const { notBeforeMs, notAfterMs } = validityOf(certificate)
  if (!(notBeforeMs < notAfterMs && nowMs <= notAfterMs)) return 'must not have ended'
  return trust.isVendors(certificate) ? undefined : "must be issued by a configured vendor's CA"
}

type RegisterRefusedCode = Extract<RegisterCertificateResult, { ok: false }>['code']

const registerRules: Readonly<Record<RegisterRefusedCode, readonly [string, string]>> = {
  NOT_FOUND: ['sn', 'must be a registered terminal'],
  ILLEGAL_STATE: ['sn', 'must be a terminal that may have a further certificate'],
  DUPLICATE: ['certificatePem', 'is registered'],
  VALIDATION: ['certificatePem', 'must not be for a key that was revoked'],
  IDEMPOTENCY_MISMATCH: ['Idempotency-Key', 'was used with another request'],
}

const register = async (
  order: RegisterOrder,
  records: Records,
  trust: Trust,
): Promise<Registered | PkiRefusal> => {
  const { sn, certificatePem, actor, nowMs, idempotency } = order
  if (certificatePem.length > pkiLimits.certificatePemLengthMax) {
    return refusal('TOO_LARGE', 'certificatePem', 'is too long for a certificate')
  }
  const certificate = parse(certificatePem)
  if (certificate === undefined) {
    return refusal('VALIDATION', 'certificatePem', 'must be one PEM block labelled CERTIFICATE')
  }
  const rule = brokenRule(certificate, trust, nowMs)
  if (rule !== undefined) return refusal('VALIDATION', 'certificatePem', rule)
  const answer = await records.submit('register-certificate', {
    sn,
    certificate: checkedCertificate(certificate, 'vendor'),
    actor,
    atMs: nowMs,
    ...(idempotency === undefined ? {} : { idempotency }),
  })
  return answer.ok
    ? { ok: true, fingerprint: answer.publicId, replayed: answer.replayed }
    : refusal(answer.code, ...registerRules[answer.code])
}

const hashBytes = 32

const revoke = async (order: RevokeOrder, records: Records): Promise<Revoked | PkiRefusal> => {
  const { reason, actor, nowMs } = order
  const sha256 = fromHex(order.fingerprint)
  if (sha256?.length !== hashBytes) {
    return refusal('VALIDATION', 'fingerprint', 'must be a SHA-256 in hex')
  }
  const lengthMax = identityLimits.revokeReasonLengthMax
  if (reason.length === 0 || reason.length > lengthMax) {
    return refusal('VALIDATION', 'reason', `must have 1 to ${String(lengthMax)} characters`)
  }
  const input = { sha256, reason, actor, atMs: nowMs }
  const answer = await records.submit('revoke-certificate', input)
  return answer.ok
    ? answer
    : refusal(answer.code, 'fingerprint', 'must be a registered certificate')
}

export const createCertificates = (records: Records, trust: Trust): Certificates => ({
  register: (order) => register(order, records, trust),
  revoke: (order) => revoke(order, records),
})
