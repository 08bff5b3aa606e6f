/**
 * expire-approval: nobody has decided in time. Before its time, or decided: nothing happens.
 * Results: ok | NOT_FOUND.
 * Events: approval.expired.
 */
import { uuidToText } from '@tillgate/protocol'

import type { ApprovalRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface ExpireApprovalInput {
  readonly approvalUuid: Uint8Array
  readonly atMs: number
}

export type ExpireApprovalResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'NOT_FOUND' }

export const expireApproval = operation<
  ExpireApprovalInput,
  { readonly approval: ApprovalRow | undefined },
  ExpireApprovalResult
>({
  name: 'expire-approval',
  *load({ approvalUuid }) {
    return { approval: yield* one('approval', { uuid: approvalUuid }) }
  },
  decide({ approval }, { atMs }) {
    if (approval === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (approval.state !== 'PENDING' || atMs < approval.expiresAtMs) {
      return { writes: [], result: { ok: true } }
    }
    return {
      writes: [
        update('approval', approval.id, { state: 'EXPIRED', open: 0, decidedAtMs: atMs }),
        event({
          atMs,
          kind: 'approval.expired',
          actor: 'gateway',
          data: { approval: uuidToText(approval.uuid) },
        }),
      ],
      result: { ok: true },
    }
  },
})
