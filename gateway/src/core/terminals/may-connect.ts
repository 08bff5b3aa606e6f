/**
 * Who may connect: asked of the records on every connection, resumed or not, because a resumed TLS
 * session proves a ticket and not a key (architecture §5, Identity). The serial number comes from the
 * registered certificate and from nothing else; the client id must equal it, which the link checks.
 */
import type { Admission } from '../ports/link.js'
import type { CertificateRow, TerminalRow } from '../records/tables.js'

export interface Identified {
  readonly certificate: CertificateRow
  readonly terminal: TerminalRow
}

/** `trusted`: the CA that issued the certificate is still one of ours or of a vendor that we trust. */
export const mayConnect = (
  found: Identified | undefined,
  { nowMs, trusted }: { readonly nowMs: number; readonly trusted: boolean },
): Admission => {
  if (found === undefined || !trusted) return { ok: false, code: 'CERTIFICATE_UNKNOWN' }
  const { certificate, terminal } = found
  if (certificate.revoked === 1) return { ok: false, code: 'CERTIFICATE_REVOKED' }
  if (nowMs < certificate.notBeforeMs || nowMs > certificate.notAfterMs) {
    return { ok: false, code: 'CERTIFICATE_EXPIRED' }
  }
  // Lost and tampered terminals may connect: that is when they can still be locked and wiped.
  if (terminal.state === 'DECOMMISSIONED') return { ok: false, code: 'ILLEGAL_STATE' }
  return {
    ok: true,
    sn: terminal.sn,
    terminalId: terminal.id,
    certificateId: certificate.id,
    spki: certificate.spki,
    notAfterMs: certificate.notAfterMs,
  }
}
