/**
 * make-link: a page for a merchant, at an address that nobody can guess; only the hash of its secret part is
 * kept. It shows one case, or lets the merchant ask for one.
 * Results: ok | NOT_FOUND (no such merchant, or case of it) | ILLEGAL_STATE (of such a case the merchant is
 * told nothing).
 * Events: link.made.
 */
import { uuidToText } from '@tillgate/protocol'

import { isQuietReason } from '../cases/wants.js'
import type { NoticeLanguage } from '../ports/notices.js'
import type { MerchantRow, UnbindCaseRow } from '../records/tables.js'
import { event } from './event.js'
import { insert, nothing, one, operation, together } from './operation.js'

export interface MakeLinkInput {
  readonly uuid: Uint8Array
  readonly merchantId: number
  readonly caseId: number | null
  readonly tokenHash: Uint8Array
  readonly language: NoticeLanguage
  readonly expiresAtMs: number
  readonly actor: string
  readonly atMs: number
}

export interface MakeLinkRows {
  readonly merchant: MerchantRow | undefined
  readonly unbindCase: UnbindCaseRow | undefined
}

export type MakeLinkResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' }

export const makeLink = operation<MakeLinkInput, MakeLinkRows, MakeLinkResult>({
  name: 'make-link',
  load: ({ merchantId, caseId }) =>
    together({
      merchant: one('merchant', { id: merchantId }),
      unbindCase: caseId === null ? nothing(undefined) : one('unbindCase', { id: caseId }),
    }),
  decide({ merchant, unbindCase }, input) {
    const { actor, atMs, merchantId, caseId, ...link } = input
    const isItsCase = caseId === null || unbindCase?.merchantId === merchantId
    if (merchant === undefined || !isItsCase)
      return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (unbindCase !== undefined && isQuietReason(unbindCase.reason))
      return { writes: [], result: { ok: false, code: 'ILLEGAL_STATE' } }
    const data = { link: uuidToText(link.uuid), merchant: uuidToText(merchant.uuid) }
    return {
      writes: [
        insert('merchantLink', {
          ...{ ...link, merchantId, caseId, createdBy: actor, createdAtMs: atMs },
          revokedBy: null,
          revokedAtMs: null,
        }),
        event({
          ...{ atMs, actor, caseId, kind: 'link.made' },
          data: { ...data, expiresAtMs: link.expiresAtMs },
        }),
      ],
      result: { ok: true },
    }
  },
})
