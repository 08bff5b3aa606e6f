/**
 * add-contact: one more way to reach a merchant. The number or mailbox comes sealed; the ledger names it masked.
 * Results: ok | replayed | NOT_FOUND (no such merchant) | QUEUE_FULL (as many contacts as a merchant may
 * have) | IDEMPOTENCY_MISMATCH.
 * Events: merchant.contact_added.
 */
import { uuidToText } from '@tillgate/protocol'

import { merchantLimits } from '../merchants/limits.js'
import type { NoticeChannel, NoticeLanguage } from '../ports/notices.js'
import type { IdempotencyRow, MerchantContactRow, MerchantRow } from '../records/tables.js'
import { event } from './event.js'
import { earlierAnswer, loadEarlier, remember, type IdempotencyClaim } from './idempotency.js'
import { insert, many, one, operation, together } from './operation.js'

export interface AddContactInput {
  readonly uuid: Uint8Array
  readonly publicId: string
  readonly merchantId: number
  readonly channel: NoticeChannel
  readonly language: NoticeLanguage
  readonly masked: string
  readonly sealedTo: Uint8Array
  readonly actor: string
  readonly atMs: number
  readonly idempotency?: IdempotencyClaim
}

export interface AddContactRows {
  readonly earlier: IdempotencyRow | undefined
  readonly merchant: MerchantRow | undefined
  readonly live: readonly MerchantContactRow[]
}

export type AddContactResult =
  | { readonly ok: true; readonly publicId: string }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'QUEUE_FULL' | 'IDEMPOTENCY_MISMATCH' }

export const addContact = operation<AddContactInput, AddContactRows, AddContactResult>({
  name: 'add-contact',
  load: ({ idempotency, merchantId }) =>
    together({
      earlier: loadEarlier(idempotency),
      merchant: one('merchant', { id: merchantId }),
      live: many('merchantContact', { merchantId, live: 1 }, merchantLimits.contactsPerMerchantMax),
    }),
  decide({ earlier, merchant, live }, input) {
    const { publicId, actor, atMs, idempotency, ...contact } = input
    const refused = (code: Extract<AddContactResult, { ok: false }>['code']) =>
      ({ writes: [], result: { ok: false, code } }) as const
    const before = earlierAnswer(earlier, idempotency)
    if (before.kind === 'same') return { writes: [], result: { ok: true, publicId: before.madeId } }
    if (before.kind === 'mismatch') return refused('IDEMPOTENCY_MISMATCH')
    if (merchant === undefined) return refused('NOT_FOUND')
    if (live.length >= merchantLimits.contactsPerMerchantMax) return refused('QUEUE_FULL')
    const { channel, language, masked: to } = contact
    const data = { merchant: uuidToText(merchant.uuid), contact: publicId, channel, language, to }
    return {
      writes: [
        insert('merchantContact', {
          ...contact,
          live: 1,
          createdBy: actor,
          createdAtMs: atMs,
          endedBy: null,
          endedAtMs: null,
        }),
        event({ atMs, actor, kind: 'merchant.contact_added', data }),
        ...remember(idempotency, { kind: 'contact', id: publicId, atMs }),
      ],
      result: { ok: true, publicId },
    }
  },
})
