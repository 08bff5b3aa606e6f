/**
 * register-certificate: a certificate that a terminal's maker issued becomes an identity. Chain, key
 * kind and validity were checked before; here its fingerprint must be new.
 * Results: ok | NOT_FOUND (no such terminal) | ILLEGAL_STATE (decommissioned, or too many) | DUPLICATE
 * (registered, for this or another terminal) | VALIDATION (its key was revoked) |
 * IDEMPOTENCY_MISMATCH.
 * Events: certificate.registered.
 */
import {
  fingerprint,
  hasRevokedKey,
  insertCertificate,
  type CheckedCertificate,
} from '../terminals/certificates.js'
import { identityLimits } from '../terminals/limits.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { loadCertificates } from './enrol-terminal.js'
import { freshId, one, operation, together } from './operation.js'
import type { CertificateRow, IdempotencyRow, TerminalRow } from '../records/tables.js'

export interface RegisterCertificateInput {
  readonly sn: string
  readonly certificate: CheckedCertificate
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface RegisterCertificateRows {
  readonly earlier: IdempotencyRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly sameFingerprint: CertificateRow | undefined
  readonly certificates: readonly CertificateRow[]
  readonly certificateId: number
}

export type RegisterCertificateResult =
  | {
      readonly ok: true
      /** The fingerprint, in hex: how a certificate is named at the door. */
      readonly publicId: string
      readonly replayed: boolean
    }
  | {
      readonly ok: false
      readonly code:
        'NOT_FOUND' | 'ILLEGAL_STATE' | 'DUPLICATE' | 'VALIDATION' | 'IDEMPOTENCY_MISMATCH'
    }

const refuse = (code: Extract<RegisterCertificateResult, { ok: false }>['code']) => ({
  writes: [],
  result: { ok: false, code } as const,
})

export const registerCertificate = operation<
  RegisterCertificateInput,
  RegisterCertificateRows,
  RegisterCertificateResult
>({
  name: 'register-certificate',
  *load(input) {
    const first = yield* together({
      earlier: loadEarlier(input.idempotency),
      terminal: one('terminal', { sn: input.sn }),
      sameFingerprint: one('certificate', { sha256: input.certificate.sha256 }),
      certificateId: freshId('certificate'),
    })
    return { ...first, certificates: yield* loadCertificates(first.terminal) }
  },
  decide({ earlier, terminal, sameFingerprint, certificates, certificateId }, input) {
    const before = earlierAnswer(earlier, input.idempotency)
    if (before.kind === 'same') {
      return { writes: [], result: { ok: true, publicId: before.madeId, replayed: true } }
    }
    if (before.kind === 'mismatch') return refuse('IDEMPOTENCY_MISMATCH')
    if (terminal === undefined) return refuse('NOT_FOUND')
    if (terminal.state === 'DECOMMISSIONED') return refuse('ILLEGAL_STATE')
    if (sameFingerprint !== undefined) return refuse('DUPLICATE')
    if (certificates.length >= identityLimits.certificatesPerTerminalMax) {
      return refuse('ILLEGAL_STATE')
    }
    const { certificate, actor, atMs } = input
    if (hasRevokedKey(certificates, certificate.spki)) return refuse('VALIDATION')
    const publicId = fingerprint(certificate)
    return {
      writes: [
        insertCertificate(certificate, { id: certificateId, terminalId: terminal.id, atMs }),
        event({
          atMs,
          kind: 'certificate.registered',
          actor,
          terminalId: terminal.id,
          data: { sn: terminal.sn, certificate: publicId, issuer: certificate.issuer },
        }),
        ...remember(input.idempotency, { kind: 'certificate', id: publicId, atMs }),
      ],
      result: { ok: true, publicId, replayed: false },
    }
  },
})
