/**
 * sign-in: password and one-time code, both checked before; here they are compared with what the records
 * hold now: the same password, a step that nobody has used, no wait. A wrong try of a known login counts;
 * for an unknown one the same line is written, and nothing else says that it is unknown.
 * Results: ok | SIGN_IN_REFUSED.
 * Events: session.begun; user.refused; alarm.USER_HELD when the account begins to wait.
 */
import { uuidToText } from '@tillgate/protocol'

import { afterRightTry, afterWrongTry, isFreshStep, isHeld } from '../people/tries.js'
import type { UserRow } from '../records/tables.js'
import { event } from './event.js'
import { insert, nothing, one, operation, update, type Write } from './operation.js'

export interface SignInInput {
  /** Undefined: nobody has this login. */
  readonly userId: number | undefined
  /** The hash that the password was found right for; undefined where it was wrong. */
  readonly passwordHash: string | undefined
  readonly totpStep: number | undefined
  readonly sessionUuid: Uint8Array
  readonly tokenHash: Uint8Array
  readonly endsAtMs: number
  readonly atMs: number
}

export type SignInResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'SIGN_IN_REFUSED' }

const stranger = 'gateway'

/** The writes of a wrong try: counted, and loud where the account begins to wait. */
export const wrongTry = (user: UserRow, atMs: number): readonly Write[] => {
  const tries = afterWrongTry(user, atMs)
  const about = { atMs, actor: user.login }
  const data = { user: uuidToText(user.uuid), failedAttempts: tries.failedAttempts }
  return [
    update('user', user.id, tries),
    event({ ...about, kind: 'user.refused', data }),
    ...(isHeld(tries, atMs) && !isHeld(user, atMs)
      ? [event({ ...about, kind: 'alarm.USER_HELD', data })]
      : []),
  ]
}

export const signIn = operation<SignInInput, { readonly user: UserRow | undefined }, SignInResult>({
  name: 'sign-in',
  *load({ userId }) {
    return { user: yield* userId === undefined ? nothing(undefined) : one('user', { id: userId }) }
  },
  decide({ user }, input) {
    const { atMs, totpStep, sessionUuid, tokenHash, endsAtMs } = input
    const result = { ok: false, code: 'SIGN_IN_REFUSED' } as const
    if (user === undefined) {
      const line = event({ atMs, kind: 'user.refused', actor: stranger, data: { user: null } })
      return { writes: [line], result }
    }
    const isRight =
      user.state === 'ACTIVE' &&
      !isHeld(user, atMs) &&
      input.passwordHash !== undefined &&
      input.passwordHash === user.passwordHash &&
      isFreshStep(user, totpStep)
    if (!isRight) return { writes: wrongTry(user, atMs), result }
    return {
      writes: [
        update('user', user.id, { totpStep, ...afterRightTry }),
        insert('userSession', {
          uuid: sessionUuid,
          userId: user.id,
          tokenHash,
          userEpoch: user.epoch,
          createdAtMs: atMs,
          seenAtMs: atMs,
          endsAtMs,
          endedAtMs: null,
        }),
        event({
          atMs,
          kind: 'session.begun',
          actor: user.login,
          data: { user: uuidToText(user.uuid), session: uuidToText(sessionUuid) },
        }),
      ],
      result: { ok: true },
    }
  },
})
