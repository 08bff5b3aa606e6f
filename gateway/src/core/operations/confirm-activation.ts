/**
 * confirm-activation: a code of the one-time secret shows that it was taken over; the text is used up and
 * the user may sign in. The code is used with that.
 * Results: ok | ACTIVATION_INVALID (unknown, used, over, not begun, the code is wrong).
 * Events: user.activated.
 */
import { uuidToText } from '@tillgate/protocol'

import { afterRightTry, isFreshStep } from '../people/tries.js'
import { sameBytes } from '../records/same-bytes.js'
import type { UserRow } from '../records/tables.js'
import { activationRefused, invited, type ActivationResult } from './begin-activation.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface ConfirmActivationInput {
  readonly activationHash: Uint8Array
  /** The sealed secret that the code was checked against. */
  readonly totpSecret: Uint8Array
  readonly totpStep: number | undefined
  readonly atMs: number
}

export const confirmActivation = operation<
  ConfirmActivationInput,
  { readonly user: UserRow | undefined },
  ActivationResult
>({
  name: 'confirm-activation',
  *load({ activationHash }) {
    return { user: yield* one('user', { activationHash }) }
  },
  decide(rows, { totpSecret, totpStep, atMs }) {
    const user = invited(rows.user, atMs)
    if (user === undefined || user.passwordHash === null) return activationRefused
    const isItsCode = sameBytes(totpSecret, user.totpSecret) && isFreshStep(user, totpStep)
    if (!isItsCode) return activationRefused
    return {
      writes: [
        update('user', user.id, {
          state: 'ACTIVE',
          totpStep,
          activationHash: null,
          activationEndsAtMs: null,
          ...afterRightTry,
        }),
        event({
          atMs,
          kind: 'user.activated',
          actor: user.login,
          data: { user: uuidToText(user.uuid), admittedBy: user.admittedBy },
        }),
      ],
      result: { ok: true },
    }
  },
})
