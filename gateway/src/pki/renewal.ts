/**
 * Renewal over the session: a request signed by the new key, vouched for by the old one
 * (`renewalBytes`). Both signatures are checked here; that the certificate in force is live and no
 * proof is open is decided in the records, in the transaction that registers the new certificate.
 */
import { renewalBytes } from '@tillgate/protocol'
import { nodePrimitives } from '@tillgate/protocol/node'
import type { RenewCertificateResult } from '../core/operations/renew-certificate.js'
import type { Records } from '../core/ports/records.js'
import type { RenewalAnswer, RenewalRequest, Renewals } from '../core/ports/renewals.js'
import type { Verifier } from '../core/ports/signing.js'
import type { CertificateAuthority } from './certificate-authority.js'
import { parseCsrDer } from './csr.js'
import { refusal } from './refusal.js'

export interface RenewalParts {
  readonly records: Records
  readonly ca: CertificateAuthority
  readonly verifier: Verifier
  readonly terminalLifeMs: number
}

type RefusedCode = Extract<RenewCertificateResult, { ok: false }>['code']

const rules: Readonly<Record<RefusedCode, readonly [field: string, rule: string]>> = {
  CERTIFICATE_UNKNOWN: ['certificateSha256', 'must be registered for this terminal'],
  CERTIFICATE_REVOKED: ['certificateSha256', 'must not be revoked'],
  CERTIFICATE_EXPIRED: ['certificateSha256', 'must be in its validity'],
  ILLEGAL_STATE: ['sn', 'must be a terminal that may have a further certificate'],
  COMMAND_IN_FLIGHT: ['csr', 'must wait until no proof is open'],
  CSR_INVALID: ['csr', 'must be for a key that was never used here and never revoked'],
  RATE_LIMITED: ['csr', 'must wait until older certificates have ended'],
}

const vouchedFor = async (
  { csr, proofOfOldKey }: RenewalRequest,
  oldSpki: Uint8Array,
  verifier: Verifier,
): Promise<boolean> => {
  const key = verifier.importKey(oldSpki)
  if (key === undefined) return false
  const data = renewalBytes(nodePrimitives, csr)
  const [valid] = await verifier.verify([{ key, data, signature: proofOfOldKey }])
  return valid === true
}

const renew = async (
  request: RenewalRequest,
  { records, ca, verifier, terminalLifeMs }: RenewalParts,
): Promise<RenewalAnswer> => {
  const { terminalId, sn, certificateSha256, csr, nowMs } = request
  const found = await records.read('certificate-by-hash', { sha256: certificateSha256 })
  if (found?.terminal.id !== terminalId || found.terminal.sn !== sn) {
    return refusal('CERTIFICATE_UNKNOWN', ...rules.CERTIFICATE_UNKNOWN)
  }
  if (!(await vouchedFor(request, found.certificate.spki, verifier))) {
    return refusal(
      'BAD_SIGNATURE',
      'proofOfOldKey',
      'must be by the key of the certificate in force',
    )
  }
  const parsed = parseCsrDer(csr, sn)
  if (!parsed.ok) return refusal(parsed.code, 'csr', parsed.rule)
  const order = { sn, spki: parsed.csr.spki, nowMs, lifeMs: terminalLifeMs }
  const certificate = await ca.issueTerminal(order)
  const answer = await records.submit('renew-certificate', {
    terminalId,
    oldSha256: certificateSha256,
    certificate,
    atMs: nowMs,
  })
  return answer.ok
    ? { ok: true, certificateDer: answer.certificateDer, chain: ca.der }
    : refusal(answer.code, ...rules[answer.code])
}

export const createRenewals = (parts: RenewalParts): Renewals => ({
  renew: (request) => renew(request, parts),
})
