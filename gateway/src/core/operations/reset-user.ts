/**
 * reset-user: an administrator throws a user's password and one-time secret away and hands out a new
 * activation text. All sessions end. Loud, because whoever holds that text is this user from then on; and
 * whoever handed it out is remembered (`core/approvals/may-vote.ts`).
 * Results: ok | NOT_FOUND | ILLEGAL_STATE (has left) | OWN_REQUEST (one's own).
 * Events: user.reset, alarm.USER_RESET.
 */
import { uuidToText } from '@tillgate/protocol'

import { afterRightTry } from '../people/tries.js'
import type { UserRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface ResetUserInput {
  readonly uuid: Uint8Array
  readonly activationHash: Uint8Array
  readonly activationEndsAtMs: number
  readonly reason: string
  readonly actor: string
  readonly atMs: number
}

export type UserChangeResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' | 'OWN_REQUEST' }

export const resetUser = operation<
  ResetUserInput,
  { readonly user: UserRow | undefined },
  UserChangeResult
>({
  name: 'reset-user',
  *load({ uuid }) {
    return { user: yield* one('user', { uuid }) }
  },
  decide({ user }, { activationHash, activationEndsAtMs, reason, actor, atMs }) {
    if (user === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (user.state === 'LEFT') return { writes: [], result: { ok: false, code: 'ILLEGAL_STATE' } }
    if (user.login === actor) return { writes: [], result: { ok: false, code: 'OWN_REQUEST' } }
    const data = { user: uuidToText(user.uuid), login: user.login, reason }
    return {
      writes: [
        update('user', user.id, {
          state: 'INVITED',
          epoch: user.epoch + 1,
          passwordHash: null,
          totpSecret: null,
          activationHash,
          activationEndsAtMs,
          admittedBy: actor,
          ...afterRightTry,
        }),
        event({ atMs, kind: 'user.reset', actor, data }),
        event({ atMs, kind: 'alarm.USER_RESET', actor, data }),
      ],
      result: { ok: true },
    }
  },
})
