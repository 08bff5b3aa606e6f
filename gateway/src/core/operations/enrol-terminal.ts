/**
 * enrol-terminal: uses up a one-time token and registers the certificate that was issued for its
 * serial number, in one transaction. The certificate is issued before this is submitted; if it is
 * refused here, nobody ever gets it and the records don't know it, so it can't connect.
 * The same CSR with the same token again answers the certificate of the first time; another CSR is
 * refused. Older certificates stay as they are until somebody revokes them: a terminal whose
 * re-enrolment breaks off half-way still has a way in.
 * Results: ok | ENROLMENT_TOKEN_INVALID (unknown, used, expired, serial number gone) |
 * CERTIFICATE_LIVE (and the token is no re-enrolment) | CERTIFICATE_REVOKED (repeated after the
 * certificate was revoked) | CSR_INVALID (the key was revoked before) | ILLEGAL_STATE
 * (decommissioned, or too many certificates).
 * Events: terminal.enrolled; alarm.REENROLLED where there was a live certificate.
 */
import { equalBytes } from '@tillgate/protocol'
import {
  fingerprint,
  hasRevokedKey,
  insertCertificate,
  isLiveCertificate,
  type CheckedCertificate,
} from '../terminals/certificates.js'
import { identityLimits } from '../terminals/limits.js'
import { event } from './event.js'
import {
  freshId,
  many,
  nothing,
  one,
  operation,
  together,
  update,
  type Load,
  type Write,
} from './operation.js'
import type { CertificateRow, EnrolmentTokenRow, TerminalRow } from '../records/tables.js'

export interface EnrolTerminalInput {
  readonly tokenHash: Uint8Array
  readonly csrHash: Uint8Array
  readonly certificate: CheckedCertificate
  readonly atMs: number
}

export interface EnrolTerminalRows {
  readonly token: EnrolmentTokenRow | undefined
  /** What an earlier use of the token made. */
  readonly made: CertificateRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly certificates: readonly CertificateRow[]
  readonly certificateId: number
}

export type EnrolTerminalResult =
  | {
      readonly ok: true
      readonly sn: string
      readonly certificateDer: Uint8Array
      /** What the terminal is to name in its Hello. */
      readonly assetEpoch: number
      readonly replayed: boolean
    }
  | {
      readonly ok: false
      readonly code:
        | 'ENROLMENT_TOKEN_INVALID'
        | 'CERTIFICATE_LIVE'
        | 'CERTIFICATE_REVOKED'
        | 'CSR_INVALID'
        | 'ILLEGAL_STATE'
    }

type Refused = Extract<EnrolTerminalResult, { ok: false }>['code']

const refuse = (code: Refused) => ({ writes: [], result: { ok: false, code } as const })

const repeat = (
  token: EnrolmentTokenRow,
  made: CertificateRow | undefined,
  { assetEpoch }: TerminalRow,
  csrHash: Uint8Array,
) => {
  if (made === undefined || token.csrHash === null || !equalBytes(token.csrHash, csrHash)) {
    return refuse('ENROLMENT_TOKEN_INVALID')
  }
  if (made.revoked === 1) return refuse('CERTIFICATE_REVOKED')
  const { sn } = token
  const result = { ok: true, sn, certificateDer: made.der, assetEpoch, replayed: true } as const
  return { writes: [], result }
}

/** All certificates that a terminal ever had; none where there is no terminal. */
export const loadCertificates = (
  terminal: TerminalRow | undefined,
): Load<readonly CertificateRow[]> =>
  terminal === undefined
    ? nothing([])
    : many('certificate', { terminalId: terminal.id }, identityLimits.certificatesPerTerminalMax)

const alarm = (terminal: TerminalRow, live: number, input: EnrolTerminalInput): Write =>
  event({
    atMs: input.atMs,
    kind: 'alarm.REENROLLED',
    actor: 'gateway',
    terminalId: terminal.id,
    data: { sn: terminal.sn, liveCertificates: live },
  })

export const enrolTerminal = operation<EnrolTerminalInput, EnrolTerminalRows, EnrolTerminalResult>({
  name: 'enrol-terminal',
  *load(input) {
    const { token, certificateId } = yield* together({
      token: one('enrolmentToken', { tokenHash: input.tokenHash }),
      certificateId: freshId('certificate'),
    })
    const madeId = token?.certificateId ?? null
    const { made, terminal } = yield* together({
      made: madeId === null ? nothing(undefined) : one('certificate', { id: madeId }),
      terminal: token === undefined ? nothing(undefined) : one('terminal', { sn: token.sn }),
    })
    const certificates = yield* loadCertificates(terminal)
    return { token, made, terminal, certificates, certificateId }
  },
  decide({ token, made, terminal, certificates, certificateId }, input) {
    const { atMs, certificate } = input
    if (token === undefined || terminal === undefined) return refuse('ENROLMENT_TOKEN_INVALID')
    if (token.usedAtMs !== null) return repeat(token, made, terminal, input.csrHash)
    if (atMs >= token.expiresAtMs) return refuse('ENROLMENT_TOKEN_INVALID')
    if (terminal.state === 'DECOMMISSIONED') return refuse('ILLEGAL_STATE')
    const live = certificates.filter((row) => isLiveCertificate(row, atMs)).length
    if (live > 0 && token.reenrol === 0) return refuse('CERTIFICATE_LIVE')
    if (certificates.length >= identityLimits.certificatesPerTerminalMax) {
      return refuse('ILLEGAL_STATE')
    }
    // Who holds a revoked key is the one it was revoked for.
    if (hasRevokedKey(certificates, certificate.spki)) return refuse('CSR_INVALID')
    return {
      writes: [
        insertCertificate(certificate, { id: certificateId, terminalId: terminal.id, atMs }),
        update(
          'enrolmentToken',
          token.id,
          { usedAtMs: atMs, csrHash: input.csrHash, certificateId },
          { usedAtMs: null },
        ),
        event({
          atMs,
          kind: 'terminal.enrolled',
          actor: 'terminal',
          terminalId: terminal.id,
          data: { sn: terminal.sn, certificate: fingerprint(certificate) },
        }),
        ...(live > 0 ? [alarm(terminal, live, input)] : []),
      ],
      result: {
        ok: true,
        sn: terminal.sn,
        certificateDer: certificate.der,
        assetEpoch: terminal.assetEpoch,
        replayed: false,
      },
    }
  },
})
