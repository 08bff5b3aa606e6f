/**
 * keep-document: all parts of an upload are there; from here it is a document. Its scope's key is kept at
 * least as long as it.
 * Results: ok | ILLEGAL_STATE (a part is missing, or the upload was given up) | DESTROYED (its scope's key
 * went meanwhile) | IDEMPOTENCY_MISMATCH.
 * Events: document.kept, with the salted hash; scope-key.retention-set; case.paper_kept where it is a case's,
 * which looks again where it has waited for it.
 */
import { toHex, uuidToText } from '@tillgate/protocol'
import type { DocumentRow, IdempotencyRow, ScopeKeyRow, UnbindCaseRow } from '../records/tables.js'
import { decideCaseMove } from './case-move.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { nothing, one, operation, together, update } from './operation.js'
import { retentionWrites } from './set-retention.js'

export interface CaseLane {
  readonly caseId: number
  readonly terminalId: number
}

export interface KeepDocumentInput {
  readonly documentId: number
  readonly scope: string
  /** Whose paper it is, where the scope is a case. */
  readonly itsCase?: CaseLane
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface KeepDocumentRows {
  readonly earlier: IdempotencyRow | undefined
  readonly document: DocumentRow | undefined
  readonly key: ScopeKeyRow | undefined
  /** The last part: they come in order, each committed before the next. */
  readonly isWhole: boolean
  readonly unbindCase: UnbindCaseRow | undefined
}

export type KeepDocumentResult =
  | { readonly ok: true; readonly publicId: string }
  | { readonly ok: false; readonly code: 'ILLEGAL_STATE' | 'DESTROYED' | 'IDEMPOTENCY_MISMATCH' }

export const keepDocument = operation<KeepDocumentInput, KeepDocumentRows, KeepDocumentResult>({
  name: 'keep-document',
  *load({ documentId, scope, idempotency, itsCase }) {
    const rows = yield* together({
      earlier: loadEarlier(idempotency),
      document: one('document', { id: documentId }),
      key: one('scopeKey', { scope }),
      unbindCase:
        itsCase === undefined ? nothing(undefined) : one('unbindCase', { id: itsCase.caseId }),
    })
    const place = (rows.document?.partCount ?? 0) - 1
    const last = yield* one('documentPart', { documentId, place })
    return { ...rows, isWhole: last !== undefined }
  },
  decide({ earlier, document, key, isWhole, unbindCase }, { actor, atMs, idempotency }) {
    const before = earlierAnswer(earlier, idempotency)
    if (before.kind === 'same') return { writes: [], result: { ok: true, publicId: before.madeId } }
    if (before.kind === 'mismatch')
      return { writes: [], result: { ok: false, code: 'IDEMPOTENCY_MISMATCH' } }
    if (document === undefined || document.state === 'DROPPED' || !isWhole)
      return { writes: [], result: { ok: false, code: 'ILLEGAL_STATE' } }
    if (key === undefined || key.destroyedAtMs !== null)
      return { writes: [], result: { ok: false, code: 'DESTROYED' } }
    const publicId = uuidToText(document.uuid)
    if (document.state === 'KEPT') return { writes: [], result: { ok: true, publicId } }
    const { scope, kind, mediaType, sizeBytes, retainUntilMs, contentHash } = document
    const paper = { on: 'paper-kept', kind, document: publicId, who: actor } as const
    const data = { document: publicId, scope, kind, mediaType, sizeBytes, retainUntilMs }
    return {
      writes: [
        update('document', document.id, { state: 'KEPT', dropAtMs: retainUntilMs }),
        event({
          atMs,
          kind: 'document.kept',
          actor,
          data: { ...data, saltedHash: toHex(contentHash) },
        }),
        ...(unbindCase === undefined
          ? []
          : decideCaseMove(unbindCase, paper, { atMs, actor }).writes),
        ...retentionWrites(key, { retainUntilMs, actor, atMs }),
        ...remember(idempotency, { kind: 'document', id: publicId, atMs }),
      ],
      result: { ok: true, publicId },
    }
  },
})
