/**
 * drop-document: a document's retention is over, its scope's key is gone, or an upload was never whole. Its
 * sealed parts, name and salt go; the row stays, with the hash that nobody can try contents against.
 * Results: ok (replayed where it was dropped before) | NOT_FOUND | HELD (a legal hold stands) | NOT_DUE.
 * Events: document.dropped, for one that was kept.
 */
import { uuidToText } from '@tillgate/protocol'
import type { DocumentPartRow, DocumentRow, LegalHoldRow, ScopeKeyRow } from '../records/tables.js'
import { event } from './event.js'
import { many, one, operation, together, update, type Write } from './operation.js'

export interface DropDocumentInput {
  readonly documentId: number
  readonly scope: string
  readonly actor: string
  readonly atMs: number
}

export interface DropDocumentRows {
  readonly document: DocumentRow | undefined
  readonly key: ScopeKeyRow | undefined
  readonly holds: readonly LegalHoldRow[]
  readonly parts: readonly Pick<DocumentPartRow, 'id'>[]
}

export type DropDocumentResult =
  | { readonly ok: true; readonly replayed: boolean }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'HELD' | 'NOT_DUE' }

const refused = (code: 'NOT_FOUND' | 'HELD' | 'NOT_DUE') =>
  ({ writes: [], result: { ok: false, code } }) as const

/** Undefined: it may not go yet. */
const reasonOf = (document: DocumentRow, isGone: boolean, atMs: number): string | undefined => {
  if (isGone) return 'scope-key-destroyed'
  if (document.dropAtMs === null || document.dropAtMs > atMs) return undefined
  return document.state === 'RECEIVING' ? 'never-whole' : 'retention-over'
}

export const dropDocument = operation<DropDocumentInput, DropDocumentRows, DropDocumentResult>({
  name: 'drop-document',
  *load({ documentId, scope }) {
    const rows = yield* together({
      document: one('document', { id: documentId }),
      key: one('scopeKey', { scope }),
      holds: many('legalHold', { scope, standing: 1 }, 1),
    })
    const places = Array.from({ length: rows.document?.partCount ?? 0 }, (_, place) => place)
    const found = yield* together(
      Object.fromEntries(
        places.map((place) => [place, one('documentPart', { documentId, place })]),
      ),
    )
    const parts = Object.values(found).filter((part) => part !== undefined)
    return { ...rows, parts }
  },
  decide({ document, key, holds, parts }, { scope, actor, atMs }) {
    if (document?.scope !== scope) return refused('NOT_FOUND')
    if (document.state === 'DROPPED') return { writes: [], result: { ok: true, replayed: true } }
    const isGone = key === undefined || key.destroyedAtMs !== null
    const why = reasonOf(document, isGone, atMs)
    if (why === undefined) return refused('NOT_DUE')
    if (holds.length > 0 && document.state === 'KEPT' && !isGone) return refused('HELD')
    const dropped = {
      state: 'DROPPED',
      sealedName: null,
      sealedSalt: null,
      dropAtMs: null,
    } as const
    const data = { document: uuidToText(document.uuid), scope, why }
    const line: readonly Write[] =
      document.state === 'KEPT' ? [event({ atMs, kind: 'document.dropped', actor, data })] : []
    return {
      writes: [
        update('document', document.id, { ...dropped, droppedAtMs: atMs, droppedWhy: why }),
        ...parts.map(({ id }) => update('documentPart', id, { sealedPart: null })),
        ...line,
      ],
      result: { ok: true, replayed: false },
    }
  },
})
