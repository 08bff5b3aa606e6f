/**
 * change-user: an administrator gives a user other roles, locks or unlocks him, or lets him go. Nobody
 * changes himself, so there is always one administrator left. Roles count from the commit on, in sessions
 * that are open too; a lock and a farewell end them.
 * Results: ok | NOT_FOUND | ILLEGAL_STATE (has left; was never activated) | OWN_REQUEST (one's own).
 * Events: user.changed.
 */
import { uuidToText } from '@tillgate/protocol'

import { afterRightTry } from '../people/tries.js'
import type { UserRow, UserState } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'
import type { UserChangeResult } from './reset-user.js'

export interface ChangeUserInput {
  readonly uuid: Uint8Array
  readonly roles?: string
  readonly agentId?: string | null
  readonly acquirerCode?: string | null
  readonly state?: Exclude<UserState, 'INVITED'>
  readonly actor: string
  readonly atMs: number
}

/** To unlock whoever has no password yet is to go back to the invitation. */
const nextState = (user: UserRow, wanted: UserState | undefined): UserState =>
  wanted === 'ACTIVE' && user.activationHash !== null ? 'INVITED' : (wanted ?? user.state)

export const changeUser = operation<
  ChangeUserInput,
  { readonly user: UserRow | undefined },
  UserChangeResult
>({
  name: 'change-user',
  *load({ uuid }) {
    return { user: yield* one('user', { uuid }) }
  },
  decide({ user }, input) {
    if (user === undefined) return { writes: [], result: { ok: false, code: 'NOT_FOUND' } }
    if (user.state === 'LEFT') return { writes: [], result: { ok: false, code: 'ILLEGAL_STATE' } }
    const { actor, atMs } = input
    if (user.login === actor) return { writes: [], result: { ok: false, code: 'OWN_REQUEST' } }
    const state = nextState(user, input.state)
    const set = {
      roles: input.roles ?? user.roles,
      agentId: input.agentId === undefined ? user.agentId : input.agentId,
      acquirerCode: input.acquirerCode === undefined ? user.acquirerCode : input.acquirerCode,
      state,
    }
    const ends = state !== user.state
    return {
      writes: [
        update('user', user.id, {
          ...set,
          ...(ends ? { epoch: user.epoch + 1, ...afterRightTry } : {}),
        }),
        event({
          atMs,
          kind: 'user.changed',
          actor,
          data: { user: uuidToText(user.uuid), login: user.login, rolesBefore: user.roles, ...set },
        }),
      ],
      result: { ok: true },
    }
  },
})
