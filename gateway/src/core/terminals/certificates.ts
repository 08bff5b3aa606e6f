/**
 * Certificates of a terminal as the records keep them: every one, for ever, with its validity and its
 * revocation (architecture §8). Nothing here parses or verifies: only verified facts come in.
 */
import { equalBytes, toHex } from '@tillgate/protocol'
import { insert, type Write } from '../operations/operation.js'
import type { CertificateRow } from '../records/tables.js'

/** A certificate that was issued, or parsed and checked, before the operation was submitted. */
export interface CheckedCertificate {
  readonly sha256: Uint8Array
  readonly der: Uint8Array
  readonly spki: Uint8Array
  readonly issuer: 'tillgate' | 'vendor'
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

export const isLiveCertificate = (row: CertificateRow, nowMs: number): boolean =>
  row.revoked === 0 && nowMs <= row.notAfterMs

export const hasRevokedKey = (rows: readonly CertificateRow[], spki: Uint8Array): boolean =>
  rows.some((row) => row.revoked === 1 && equalBytes(row.spki, spki))

export const insertCertificate = (
  certificate: CheckedCertificate,
  made: { readonly id: number; readonly terminalId: number; readonly atMs: number },
): Write =>
  insert('certificate', {
    id: made.id,
    terminalId: made.terminalId,
    sha256: certificate.sha256,
    der: certificate.der,
    spki: certificate.spki,
    issuer: certificate.issuer,
    notBeforeMs: certificate.notBeforeMs,
    notAfterMs: certificate.notAfterMs,
    registeredAtMs: made.atMs,
    revoked: 0,
    revokedAtMs: null,
    revokeReason: null,
  })

/** How the ledger names a certificate. */
export const fingerprint = (certificate: { readonly sha256: Uint8Array }): string =>
  toHex(certificate.sha256)
