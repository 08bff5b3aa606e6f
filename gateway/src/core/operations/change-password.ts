/**
 * change-password: a person who has signed in, with the old password and a fresh code, takes a new one. All
 * other sessions of his end.
 * Results: ok | SIGN_IN_REFUSED (password or code is wrong, the account waits; it counts as a wrong try).
 * Events: user.password-changed; user.refused, alarm.USER_HELD.
 */
import { uuidToText } from '@tillgate/protocol'

import { afterRightTry, isFreshStep, isHeld } from '../people/tries.js'
import type { UserRow, UserSessionRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, together, update } from './operation.js'
import { wrongTry, type SignInResult } from './sign-in.js'

export interface ChangePasswordInput {
  readonly userId: number
  readonly sessionUuid: Uint8Array
  /** The hash that the old password was found right for; undefined where it was wrong. */
  readonly oldHash: string | undefined
  readonly totpStep: number | undefined
  readonly newHash: string
  readonly atMs: number
}

export interface ChangePasswordRows {
  readonly user: UserRow | undefined
  readonly session: UserSessionRow | undefined
}

export const changePassword = operation<ChangePasswordInput, ChangePasswordRows, SignInResult>({
  name: 'change-password',
  load: ({ userId, sessionUuid }) =>
    together({
      user: one('user', { id: userId }),
      session: one('userSession', { uuid: sessionUuid }),
    }),
  decide({ user, session }, { oldHash, totpStep, newHash, atMs }) {
    const result = { ok: false, code: 'SIGN_IN_REFUSED' } as const
    if (user?.state !== 'ACTIVE' || session?.userId !== user.id) return { writes: [], result }
    const isRight =
      !isHeld(user, atMs) &&
      oldHash !== undefined &&
      oldHash === user.passwordHash &&
      isFreshStep(user, totpStep)
    if (!isRight) return { writes: wrongTry(user, atMs), result }
    const epoch = user.epoch + 1
    return {
      writes: [
        update('user', user.id, { passwordHash: newHash, totpStep, epoch, ...afterRightTry }),
        update('userSession', session.id, { userEpoch: epoch }),
        event({
          atMs,
          kind: 'user.password-changed',
          actor: user.login,
          data: { user: uuidToText(user.uuid) },
        }),
      ],
      result: { ok: true },
    }
  },
})
