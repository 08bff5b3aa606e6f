/**
 * Which CAs vouch for terminals: our own, and those of makers that the configuration names. Asked on
 * every connection, because a resumed TLS session checks no chain; so the answer for a certificate is
 * kept. A CA that is taken out of the configuration is trusted no more from the next start on.
 */
import { X509Certificate } from 'node:crypto'
import { toHex } from '@tillgate/protocol'
import type { CertificateRow } from '../core/records/tables.js'
import { pkiLimits } from './limits.js'
import { PkiRefused } from './refused.js'

export interface Trust {
  /** PEM, as node:tls takes them. */
  readonly vendorCas: readonly string[]
  /** Signed by a vendor's CA that we trust. */
  isVendors(certificate: X509Certificate): boolean
  /** Signed by a CA that we trust still. */
  trusts(row: Pick<CertificateRow, 'der' | 'sha256' | 'issuer'>): boolean
}

const parseCa = (pem: string, at: number): X509Certificate => {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(pem)
  } catch (cause) {
    throw new PkiRefused('CONFIG', `Vendor CA ${String(at + 1)} is not a certificate in PEM.`, {
      cause,
    })
  }
  if (certificate.ca) return certificate
  throw new PkiRefused('CONFIG', `Vendor CA ${String(at + 1)} is not a CA certificate.`)
}

const issuedBy = (certificate: X509Certificate, ca: X509Certificate): boolean =>
  certificate.checkIssued(ca) && certificate.verify(ca.publicKey)

export const createTrust = (own: X509Certificate, vendorPems: readonly string[]): Trust => {
  const vendors = vendorPems.map(parseCa)
  const known = new Map<string, boolean>()
  const isVendors = (certificate: X509Certificate): boolean =>
    vendors.some((ca) => issuedBy(certificate, ca))
  return {
    vendorCas: vendorPems,
    isVendors,
    trusts: (row) => {
      const name = toHex(row.sha256)
      const before = known.get(name)
      if (before !== undefined) return before
      const certificate = new X509Certificate(row.der)
      const answer = row.issuer === 'tillgate' ? issuedBy(certificate, own) : isVendors(certificate)
      if (known.size >= pkiLimits.trustedIssuersCacheMax) known.clear()
      known.set(name, answer)
      return answer
    },
  }
}
