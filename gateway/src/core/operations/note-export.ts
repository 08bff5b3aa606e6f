/**
 * note-export: somebody is given what is held about one merchant. The line stands before anything leaves.
 * Results: ok | NOT_FOUND (no such merchant).
 * Events: merchant.exported.
 */
import { uuidToText } from '@tillgate/protocol'

import type { MerchantRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation } from './operation.js'

export interface NoteExportInput {
  /** Of this export: it stands in what is given as well. */
  readonly publicId: string
  readonly merchantId: number
  readonly actor: string
  readonly atMs: number
}

export type NoteExportResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'NOT_FOUND' }

export const noteExport = operation<
  NoteExportInput,
  { readonly merchant: MerchantRow | undefined },
  NoteExportResult
>({
  name: 'note-export',
  *load({ merchantId }) {
    return { merchant: yield* one('merchant', { id: merchantId }) }
  },
  decide({ merchant }, { publicId, actor, atMs }) {
    if (merchant === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    const data = { export: publicId, merchant: uuidToText(merchant.uuid) }
    return {
      writes: [event({ atMs, actor, kind: 'merchant.exported', data })],
      result: { ok: true },
    }
  },
})
