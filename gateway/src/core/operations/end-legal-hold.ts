/**
 * end-legal-hold: a hold stands no longer; its row stays. What waited for it is destroyed by the loop.
 * Results: ok (replayed where it had ended before: the first end stays) | NOT_FOUND.
 * Events: legal-hold.ended.
 */
import { uuidToText } from '@tillgate/protocol'
import type { LegalHoldRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface EndLegalHoldInput {
  readonly uuid: Uint8Array
  readonly reason: string
  readonly actor: string
  readonly atMs: number
}

export type EndLegalHoldResult =
  | { readonly ok: true; readonly replayed: boolean }
  | { readonly ok: false; readonly code: 'NOT_FOUND' }

export const endLegalHold = operation<
  EndLegalHoldInput,
  { readonly hold: LegalHoldRow | undefined },
  EndLegalHoldResult
>({
  name: 'end-legal-hold',
  *load({ uuid }) {
    return { hold: yield* one('legalHold', { uuid }) }
  },
  decide({ hold }, { uuid, reason, actor, atMs }) {
    if (hold === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (hold.standing === 0) return { writes: [], result: { ok: true, replayed: true } }
    const ended = { standing: 0, endedBy: actor, endedAtMs: atMs, endReason: reason } as const
    const data = { hold: uuidToText(uuid), scope: hold.scope }
    return {
      writes: [
        update('legalHold', hold.id, ended),
        event({ atMs, kind: 'legal-hold.ended', actor, data }),
      ],
      result: { ok: true, replayed: false },
    }
  },
})
