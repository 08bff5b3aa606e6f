/**
 * revoke-certificate: from this commit on no connection with it is accepted, and what its key signs is
 * an attempt, not evidence. The answer names the terminal, so that whoever asked can have its live
 * session cut; the row stays for ever.
 * Results: ok (also when it was revoked before; the first time and reason stay) | NOT_FOUND.
 * Events: certificate.revoked.
 */
import { fingerprint } from '../terminals/certificates.js'
import { event } from './event.js'
import { one, operation, update, type Load } from './operation.js'
import type { CertificateRow, TerminalRow } from '../records/tables.js'

export interface RevokeCertificateInput {
  readonly sha256: Uint8Array
  readonly reason: string
  readonly actor: string
  readonly atMs: number
}

export interface RevokeCertificateRows {
  readonly certificate: CertificateRow | undefined
  readonly terminal: TerminalRow | undefined
}

export type RevokeCertificateResult =
  | {
      readonly ok: true
      readonly terminalId: number
      readonly sn: string
      readonly sha256: Uint8Array
      readonly revokedAtMs: number
      readonly replayed: boolean
    }
  | { readonly ok: false; readonly code: 'NOT_FOUND' }

function* loadTerminal(certificate: CertificateRow | undefined): Load<TerminalRow | undefined> {
  return certificate === undefined
    ? undefined
    : yield* one('terminal', { id: certificate.terminalId })
}

export const revokeCertificate = operation<
  RevokeCertificateInput,
  RevokeCertificateRows,
  RevokeCertificateResult
>({
  name: 'revoke-certificate',
  *load(input) {
    const certificate = yield* one('certificate', { sha256: input.sha256 })
    return { certificate, terminal: yield* loadTerminal(certificate) }
  },
  decide({ certificate, terminal }, input) {
    if (certificate === undefined || terminal === undefined) {
      return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    }
    const answer = {
      ok: true,
      terminalId: terminal.id,
      sn: terminal.sn,
      sha256: input.sha256,
    } as const
    if (certificate.revoked === 1) {
      const revokedAtMs = certificate.revokedAtMs ?? input.atMs
      return { writes: [], result: { ...answer, revokedAtMs, replayed: true } }
    }
    const { reason, actor, atMs } = input
    return {
      writes: [
        update(
          'certificate',
          certificate.id,
          { revoked: 1, revokedAtMs: atMs, revokeReason: reason },
          { revoked: 0 },
        ),
        event({
          atMs,
          kind: 'certificate.revoked',
          actor,
          terminalId: terminal.id,
          data: { sn: terminal.sn, certificate: fingerprint(certificate), reason },
        }),
      ],
      result: { ...answer, revokedAtMs: atMs, replayed: false },
    }
  },
})
