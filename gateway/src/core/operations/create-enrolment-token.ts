/**
 * create-enrolment-token: leave to enrol one serial number, once, for at most a day. Only the hash of
 * the token's text is kept. `reenrol` is an administrator's leave for a second certificate beside a
 * live one; who may say so is the door's business.
 * Results: ok | NOT_FOUND (no such terminal) | ILLEGAL_STATE (decommissioned) | CERTIFICATE_LIVE (and
 * not `reenrol`) | IDEMPOTENCY_MISMATCH.
 * Events: enrolment-token.created.
 */
import { isLiveCertificate } from '../terminals/certificates.js'
import { identityLimits } from '../terminals/limits.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { insert, many, one, operation, together, type Load } from './operation.js'
import type { CertificateRow, IdempotencyRow, TerminalRow } from '../records/tables.js'

export interface CreateEnrolmentTokenInput {
  readonly uuid: Uint8Array
  readonly publicId: string
  readonly sn: string
  readonly tokenHash: Uint8Array
  readonly reenrol: boolean
  readonly expiresAtMs: number
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface CreateEnrolmentTokenRows {
  readonly earlier: IdempotencyRow | undefined
  readonly terminal: TerminalRow | undefined
  readonly certificates: readonly CertificateRow[]
}

export type CreateEnrolmentTokenResult =
  | {
      readonly ok: true
      readonly publicId: string
      /** Made by an earlier request: its text was shown then and is kept nowhere. */
      readonly replayed: boolean
    }
  | {
      readonly ok: false
      readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' | 'CERTIFICATE_LIVE' | 'IDEMPOTENCY_MISMATCH'
    }

const refuse = (code: Extract<CreateEnrolmentTokenResult, { ok: false }>['code']) => ({
  writes: [],
  result: { ok: false, code } as const,
})

/** The certificates of a terminal that may be live; none where there is no terminal. */
export function* loadUnrevoked(terminal: TerminalRow | undefined): Load<readonly CertificateRow[]> {
  if (terminal === undefined) return []
  const where = { terminalId: terminal.id, revoked: 0 } as const
  return yield* many('certificate', where, identityLimits.certificatesPerTerminalMax)
}

export const createEnrolmentToken = operation<
  CreateEnrolmentTokenInput,
  CreateEnrolmentTokenRows,
  CreateEnrolmentTokenResult
>({
  name: 'create-enrolment-token',
  *load(input) {
    const { earlier, terminal } = yield* together({
      earlier: loadEarlier(input.idempotency),
      terminal: one('terminal', { sn: input.sn }),
    })
    return { earlier, terminal, certificates: yield* loadUnrevoked(terminal) }
  },
  decide(rows, input) {
    const before = earlierAnswer(rows.earlier, input.idempotency)
    if (before.kind === 'same') {
      return { writes: [], result: { ok: true, publicId: before.madeId, replayed: true } }
    }
    if (before.kind === 'mismatch') return refuse('IDEMPOTENCY_MISMATCH')
    if (rows.terminal === undefined) return refuse('NOT_FOUND')
    if (rows.terminal.state === 'DECOMMISSIONED') return refuse('ILLEGAL_STATE')
    const live = rows.certificates.some((row) => isLiveCertificate(row, input.atMs))
    if (live && !input.reenrol) return refuse('CERTIFICATE_LIVE')
    const { uuid, publicId, sn, tokenHash, reenrol, expiresAtMs, actor, atMs } = input
    return {
      writes: [
        insert('enrolmentToken', {
          uuid,
          sn,
          tokenHash,
          reenrol: reenrol ? 1 : 0,
          expiresAtMs,
          usedAtMs: null,
          csrHash: null,
          certificateId: null,
          createdBy: actor,
          createdAtMs: atMs,
        }),
        event({
          atMs,
          kind: 'enrolment-token.created',
          actor,
          terminalId: rows.terminal.id,
          data: { enrolmentToken: publicId, sn, reenrol, expiresAtMs },
        }),
        ...remember(input.idempotency, { kind: 'enrolmentToken', id: publicId, atMs }),
      ],
      result: { ok: true, publicId, replayed: false },
    }
  },
})
