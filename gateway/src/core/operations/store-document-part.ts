/**
 * store-document-part: one sealed part of an upload, in a transaction of its own, so that a large document
 * does not hold up what else is to be written.
 * Results: ok (also where this part is there already) | ILLEGAL_STATE (the upload is whole, or was given up).
 * Events: none.
 */
import type { DocumentPartRow, DocumentRow } from '../records/tables.js'
import { insert, one, operation, together } from './operation.js'

export interface StoreDocumentPartInput {
  readonly documentId: number
  readonly place: number
  readonly sealedPart: Uint8Array
}

export interface StoreDocumentPartRows {
  readonly document: DocumentRow | undefined
  readonly part: DocumentPartRow | undefined
}

export type StoreDocumentPartResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'ILLEGAL_STATE' }

export const storeDocumentPart = operation<
  StoreDocumentPartInput,
  StoreDocumentPartRows,
  StoreDocumentPartResult
>({
  name: 'store-document-part',
  load: ({ documentId, place }) =>
    together({
      document: one('document', { id: documentId }),
      part: one('documentPart', { documentId, place }),
    }),
  decide({ document, part }, { documentId, place, sealedPart }) {
    if (document?.state !== 'RECEIVING')
      return { writes: [], result: { ok: false, code: 'ILLEGAL_STATE' } }
    if (part !== undefined) return { writes: [], result: { ok: true } }
    return {
      writes: [insert('documentPart', { documentId, place, sealedPart })],
      result: { ok: true },
    }
  },
})
