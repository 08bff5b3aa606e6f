/**
 * end-contact: a merchant is no longer reached this way. What was sealed of it is thrown away; the row stays,
 * masked, because codes and notices name it.
 * Results: ok (also where it has ended) | NOT_FOUND.
 * Events: merchant.contact_ended.
 */
import { uuidToText } from '@tillgate/protocol'

import type { MerchantContactRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface EndContactInput {
  readonly uuid: Uint8Array
  readonly merchantId: number
  readonly actor: string
  readonly atMs: number
}

export type EndContactResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'NOT_FOUND' }

export const endContact = operation<
  EndContactInput,
  { readonly contact: MerchantContactRow | undefined },
  EndContactResult
>({
  name: 'end-contact',
  *load({ uuid }) {
    return { contact: yield* one('merchantContact', { uuid }) }
  },
  decide({ contact }, { merchantId, actor, atMs }) {
    if (contact?.merchantId !== merchantId)
      return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (contact.live === 0) return { writes: [], result: { ok: true } }
    const ended = { live: 0 as const, sealedTo: null, endedBy: actor, endedAtMs: atMs }
    const data = { contact: uuidToText(contact.uuid), to: contact.masked }
    return {
      writes: [
        update('merchantContact', contact.id, ended),
        event({ atMs, actor, kind: 'merchant.contact_ended', data }),
      ],
      result: { ok: true },
    }
  },
})
