/**
 * revoke-link: a merchant's page opens no more, from this commit on.
 * Results: ok (also where it was revoked) | NOT_FOUND.
 * Events: link.revoked.
 */
import { uuidToText } from '@tillgate/protocol'

import type { MerchantLinkRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface RevokeLinkInput {
  readonly uuid: Uint8Array
  readonly actor: string
  readonly atMs: number
}

export type RevokeLinkResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'NOT_FOUND' }

export const revokeLink = operation<
  RevokeLinkInput,
  { readonly link: MerchantLinkRow | undefined },
  RevokeLinkResult
>({
  name: 'revoke-link',
  *load({ uuid }) {
    return { link: yield* one('merchantLink', { uuid }) }
  },
  decide({ link }, { actor, atMs }) {
    if (link === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (link.revokedAtMs !== null) return { writes: [], result: { ok: true } }
    const data = { link: uuidToText(link.uuid) }
    return {
      writes: [
        update('merchantLink', link.id, { revokedBy: actor, revokedAtMs: atMs }),
        event({ atMs, actor, caseId: link.caseId, kind: 'link.revoked', data }),
      ],
      result: { ok: true },
    }
  },
})
