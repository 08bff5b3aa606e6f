/**
 * Asking for a case to be closed by force: what two persons are to vote on. It looks whether the reason is
 * good now, so that nobody votes for nothing; that counts only in the transaction that forces (`force-case`).
 */
import { uuidToText } from '@tillgate/protocol'

import {
  forceObstacle,
  forceOffers,
  isForceReason,
  silentSince,
  type ForceFacts,
  type ForceParameters,
} from '../cases/forced.js'
import { caseLimits } from '../cases/limits.js'
import { forceApprovalKind } from '../operations/force-case.js'
import type { Records } from '../ports/records.js'
import type { Clock, EpochMs } from '../ports/system.js'
import type { CaseView } from '../queries/queries.js'
import { scopeText } from '../sealing/scopes.js'
import type { Answer } from './command-service.js'
import { refusal } from './refusal.js'

export interface ForceWish {
  readonly uuid: Uint8Array
  readonly reason: string
  readonly documentUuid?: Uint8Array
}

/** The part of an approval's request that the case gives. */
export interface ForceRequest {
  readonly kind: typeof forceApprovalKind
  readonly command: 'ForceClose'
  readonly parameters: Readonly<Record<keyof ForceParameters, string | boolean | null>>
  readonly sns: readonly [string]
  readonly approversMin: 2
}

const dayMs = 24 * 3_600_000

const factsOf = (view: CaseView, atMs: EpochMs): Omit<ForceFacts, 'documentKind'> => ({
  state: view.state,
  waitsFor: view.waitsFor,
  silentSinceMs: silentSince(view, view.createdAtMs),
  atMs,
})

export const offersOf = (view: CaseView, atMs: EpochMs): readonly string[] =>
  forceOffers(factsOf(view, atMs)).map(({ code }) => code)

export const createForceRequests = ({
  records,
  clock,
}: {
  readonly records: Records
  readonly clock: Clock
}): ((wish: ForceWish) => Promise<Answer<ForceRequest>>) => {
  /** Only a paper that is kept with this very case counts. */
  const kindOf = async (view: CaseView, uuid: Uint8Array): Promise<string | undefined> => {
    const document = await records.read('document-by-uuid', { uuid })
    const scope = scopeText({ noun: 'case', uuid: uuidToText(view.uuid) })
    return document?.state === 'KEPT' && document.scope === scope ? document.kind : undefined
  }

  return async ({ uuid, reason, documentUuid }) => {
    if (!isForceReason(reason)) {
      return refusal('VALIDATION', 'reason', 'must be a reason code of a forced close')
    }
    const view = await records.read('case-by-uuid', { uuid })
    if (view === undefined) return refusal('NOT_FOUND')
    const documentKind = documentUuid && (await kindOf(view, documentUuid))
    if (documentUuid !== undefined && documentKind === undefined) {
      return refusal('VALIDATION', 'documentId', 'must be a document that is kept with this case')
    }
    const obstacle = forceObstacle(reason, { ...factsOf(view, clock.now()), documentKind })
    switch (obstacle?.code) {
      case undefined:
        break
      case 'DOCUMENT_MISSING':
        return refusal('VALIDATION', 'documentId', `must be: ${obstacle.wanted.join(', ')}`)
      case 'NOT_SILENT_YET': {
        const days = String(caseLimits.forceAfterSilenceMs / dayMs)
        return refusal('ILLEGAL_STATE', 'reason', `needs ${days} days without a word of it`)
      }
      case 'ILLEGAL_STATE':
        return refusal('ILLEGAL_STATE')
      default:
        return obstacle satisfies never
    }
    return {
      ok: true,
      value: {
        kind: forceApprovalKind,
        command: 'ForceClose',
        parameters: {
          case: uuidToText(uuid),
          reason,
          document: documentUuid === undefined ? null : uuidToText(documentUuid),
          withoutSettlement: true,
        },
        sns: [view.sn],
        approversMin: 2,
      },
    }
  }
}
