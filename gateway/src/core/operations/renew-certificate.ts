/**
 * renew-certificate: the next certificate of a terminal that is connected with one. Both keys have
 * signed, and the new certificate is issued, before this is submitted. It waits until no proof is
 * open, so that a proof and the command that asked for it stand under one identity (architecture §8).
 * The old certificate stays until it expires or is revoked: if the answer is lost, the terminal still
 * gets in with it and asks again; the same new key is then answered with the same certificate.
 * Results: ok | CERTIFICATE_UNKNOWN | CERTIFICATE_REVOKED | CERTIFICATE_EXPIRED | ILLEGAL_STATE
 * (decommissioned) | COMMAND_IN_FLIGHT (a proof is open) | CSR_INVALID (not a new key, or a revoked
 * one) | RATE_LIMITED (too many live certificates).
 * Events: certificate.renewed.
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
import { mayConnect } from '../terminals/may-connect.js'
import { event } from './event.js'
import { freshId, many, one, operation, together } from './operation.js'
import type { CertificateRow, CommandRow, TerminalRow } from '../records/tables.js'

export interface RenewCertificateInput {
  readonly terminalId: number
  /** The certificate in force, whose key vouched for the new one. */
  readonly oldSha256: Uint8Array
  readonly certificate: CheckedCertificate
  readonly atMs: number
}

export interface RenewCertificateRows {
  readonly old: CertificateRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly certificates: readonly CertificateRow[]
  readonly openCommands: readonly CommandRow[]
  readonly certificateId: number
}

export type RenewCertificateResult =
  | { readonly ok: true; readonly certificateDer: Uint8Array; readonly replayed: boolean }
  | {
      readonly ok: false
      readonly code:
        | 'CERTIFICATE_UNKNOWN'
        | 'CERTIFICATE_REVOKED'
        | 'CERTIFICATE_EXPIRED'
        | 'ILLEGAL_STATE'
        | 'COMMAND_IN_FLIGHT'
        | 'CSR_INVALID'
        | 'RATE_LIMITED'
    }

type Refused = Extract<RenewCertificateResult, { ok: false }>['code']

const refuse = (code: Refused) => ({ writes: [], result: { ok: false, code } as const })

/** It may have left and may still be answered with a proof. */
const mayStillProve = (command: CommandRow): boolean =>
  command.destructive === 1 &&
  (command.state === 'published' || command.state === 'accepted' || command.state === 'running')

const standing = (
  rows: RenewCertificateRows,
  input: RenewCertificateInput,
): Refused | undefined => {
  const { old, terminal } = rows
  if (old === undefined || terminal === undefined || old.terminalId !== terminal.id) {
    return 'CERTIFICATE_UNKNOWN'
  }
  const admission = mayConnect({ certificate: old, terminal }, { nowMs: input.atMs, trusted: true })
  return admission.ok ? undefined : (admission.code as Refused)
}

const misfit = (rows: RenewCertificateRows, input: RenewCertificateInput): Refused | undefined => {
  const { certificates, openCommands } = rows
  const { spki } = input.certificate
  if (hasRevokedKey(certificates, spki)) return 'CSR_INVALID'
  if (openCommands.some(mayStillProve)) return 'COMMAND_IN_FLIGHT'
  const live = certificates.filter((row) => isLiveCertificate(row, input.atMs)).length
  if (live >= identityLimits.liveCertificatesPerTerminalMax) return 'RATE_LIMITED'
  const full = certificates.length >= identityLimits.certificatesPerTerminalMax
  return full ? 'ILLEGAL_STATE' : undefined
}

export const renewCertificate = operation<
  RenewCertificateInput,
  RenewCertificateRows,
  RenewCertificateResult
>({
  name: 'renew-certificate',
  load: ({ terminalId, oldSha256 }) =>
    together({
      old: one('certificate', { sha256: oldSha256 }),
      terminal: one('terminal', { id: terminalId }),
      certificates: many('certificate', { terminalId }, identityLimits.certificatesPerTerminalMax),
      openCommands: many('command', { terminalId, open: 1 }, identityLimits.openCommandsReadMax),
      certificateId: freshId('certificate'),
    }),
  decide(rows, input) {
    const refused = standing(rows, input)
    if (refused !== undefined) return refuse(refused)
    const { certificate, terminalId, atMs } = input
    const sameKey = rows.certificates.find(
      (row) => isLiveCertificate(row, atMs) && equalBytes(row.spki, certificate.spki),
    )
    if (sameKey !== undefined) {
      if (equalBytes(sameKey.sha256, input.oldSha256)) return refuse('CSR_INVALID')
      const result = { ok: true, certificateDer: sameKey.der, replayed: true } as const
      return { writes: [], result }
    }
    const unfit = misfit(rows, input)
    if (unfit !== undefined) return refuse(unfit)
    return {
      writes: [
        insertCertificate(certificate, { id: rows.certificateId, terminalId, atMs }),
        event({
          atMs,
          kind: 'certificate.renewed',
          actor: 'terminal',
          terminalId,
          data: {
            certificate: fingerprint(certificate),
            before: fingerprint({ sha256: input.oldSha256 }),
          },
        }),
      ],
      result: { ok: true, certificateDer: certificate.der, replayed: false },
    }
  },
})
