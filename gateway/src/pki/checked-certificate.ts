/** A parsed certificate as the records keep it. Whoever calls this has checked it, or issued it. */
import type { X509Certificate } from 'node:crypto'
import type { CheckedCertificate } from '../core/terminals/certificates.js'
import { validityOf } from './issue-certificate.js'
import { createHash } from 'node:crypto'

export const checkedCertificate = (
  certificate: X509Certificate,
  issuer: 'tillgate' | 'vendor',
): CheckedCertificate => ({
  sha256: new Uint8Array(createHash('sha256').update(certificate.raw).digest()),
  der: new Uint8Array(certificate.raw),
  spki: new Uint8Array(certificate.publicKey.export({ type: 'spki', format: 'der' })),
  issuer,
  ...validityOf(certificate),
})
