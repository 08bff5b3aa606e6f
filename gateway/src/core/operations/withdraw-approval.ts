/**
 * withdraw-approval: the maker takes a request back before it is decided. Again: nothing more happens. What
 * it counted stays counted.
 * Results: ok | NOT_FOUND | FORBIDDEN (somebody else's) | ILLEGAL_STATE (decided).
 * Events: approval.withdrawn.
 */
import { uuidToText } from '@tillgate/protocol'

import type { ApprovalRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface WithdrawApprovalInput {
  readonly approvalUuid: Uint8Array
  readonly actor: string
  readonly atMs: number
}

export type WithdrawApprovalResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'FORBIDDEN' | 'ILLEGAL_STATE' }

export const withdrawApproval = operation<
  WithdrawApprovalInput,
  { readonly approval: ApprovalRow | undefined },
  WithdrawApprovalResult
>({
  name: 'withdraw-approval',
  *load({ approvalUuid }) {
    return { approval: yield* one('approval', { uuid: approvalUuid }) }
  },
  decide({ approval }, { actor, atMs }) {
    if (approval === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (approval.makerActor !== actor) {
      return { writes: [], result: { ok: false, code: 'FORBIDDEN' } }
    }
    if (approval.state === 'WITHDRAWN') return { writes: [], result: { ok: true } }
    if (approval.state !== 'PENDING') {
      return { writes: [], result: { ok: false, code: 'ILLEGAL_STATE' } }
    }
    return {
      writes: [
        update('approval', approval.id, { state: 'WITHDRAWN', open: 0, decidedAtMs: atMs }),
        event({
          atMs,
          kind: 'approval.withdrawn',
          actor,
          data: { approval: uuidToText(approval.uuid) },
        }),
      ],
      result: { ok: true },
    }
  },
})
