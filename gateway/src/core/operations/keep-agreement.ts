/**
 * keep-agreement: a version of a case's closing agreement, where what it says differs from the version
 * before. It is printed and hashed before this; from here its bytes are known for ever.
 * Results: ok with the version (the one before, where it says the same) | NOT_FOUND | CONFLICT (another
 * version was kept meanwhile: read anew) | LIMIT_REACHED.
 * Events: case.agreement_made.
 */
import { toHex } from '@tillgate/protocol'

import { caseLimits } from '../cases/limits.js'
import type { CaseAgreementRow, UnbindCaseRow } from '../records/tables.js'
import { event } from './event.js'
import { insert, many, one, operation, together } from './operation.js'

export interface KeepAgreementInput {
  readonly caseId: number
  /** Whose lane it is. */
  readonly terminalId: number
  readonly version: number
  readonly facts: string
  readonly sha256En: Uint8Array
  readonly sha256Zh: Uint8Array
  readonly actor: string
  readonly atMs: number
}

export interface KeepAgreementRows {
  readonly unbindCase: UnbindCaseRow | undefined
  readonly versions: readonly CaseAgreementRow[]
}

export type KeepAgreementResult =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'CONFLICT' | 'LIMIT_REACHED' }

export const keepAgreement = operation<KeepAgreementInput, KeepAgreementRows, KeepAgreementResult>({
  name: 'keep-agreement',
  load: ({ caseId }) =>
    together({
      unbindCase: one('unbindCase', { id: caseId }),
      versions: many('caseAgreement', { caseId }, caseLimits.agreementVersionsMax),
    }),
  decide({ unbindCase, versions }, input) {
    if (unbindCase === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    const latest = versions.at(-1)
    if (latest?.facts === input.facts)
      return { writes: [], result: { ok: true, version: latest.version } }
    const next = (latest?.version ?? 0) + 1
    if (input.version !== next) return { writes: [], result: { ok: false, code: 'CONFLICT' } }
    if (versions.length >= caseLimits.agreementVersionsMax)
      return { writes: [], result: { ok: false, code: 'LIMIT_REACHED' } }
    const { caseId, version, facts, sha256En, sha256Zh, actor, atMs } = input
    const { terminalId, bindingId } = unbindCase
    return {
      writes: [
        insert('caseAgreement', {
          ...{ caseId, version, facts, sha256En, sha256Zh },
          ...{ madeBy: actor, madeAtMs: atMs },
        }),
        event({
          ...{ atMs, actor, terminalId, bindingId, caseId },
          kind: 'case.agreement_made',
          data: { version, sha256En: toHex(sha256En), sha256Zh: toHex(sha256Zh) },
        }),
      ],
      result: { ok: true, version },
    }
  },
})
