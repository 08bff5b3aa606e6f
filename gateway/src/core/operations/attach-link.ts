/**
 * attach-link: what a merchant has asked for on his page is shown there from now on. A page shows one case
 * and stays with it.
 * Results: ok | NOT_FOUND | CONFLICT (it shows another case; or this one is another merchant's, or one that
 * its merchant is told nothing of).
 * Events: link.attached.
 */
import { uuidToText } from '@tillgate/protocol'

import { isQuietReason } from '../cases/wants.js'
import type { MerchantLinkRow, UnbindCaseRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, together, update } from './operation.js'

export interface AttachLinkInput {
  readonly uuid: Uint8Array
  readonly caseId: number
  readonly actor: string
  readonly atMs: number
}

export interface AttachLinkRows {
  readonly link: MerchantLinkRow | undefined
  readonly unbindCase: UnbindCaseRow | undefined
}

export type AttachLinkResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'NOT_FOUND' | 'CONFLICT' }

export const attachLink = operation<AttachLinkInput, AttachLinkRows, AttachLinkResult>({
  name: 'attach-link',
  load: ({ uuid, caseId }) =>
    together({
      link: one('merchantLink', { uuid }),
      unbindCase: one('unbindCase', { id: caseId }),
    }),
  decide({ link, unbindCase }, { caseId, actor, atMs }) {
    if (link === undefined || unbindCase === undefined)
      return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (link.caseId === caseId) return { writes: [], result: { ok: true } }
    const isTold = link.merchantId === unbindCase.merchantId && !isQuietReason(unbindCase.reason)
    if (link.caseId !== null || !isTold)
      return { writes: [], result: { ok: false, code: 'CONFLICT' } }
    const data = { link: uuidToText(link.uuid) }
    return {
      writes: [
        update('merchantLink', link.id, { caseId }),
        event({ atMs, actor, caseId, kind: 'link.attached', data }),
      ],
      result: { ok: true },
    }
  },
})
