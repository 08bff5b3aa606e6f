/**
 * begin-activation: whoever holds the activation text has chosen a password and was shown a one-time
 * secret; both are kept, and count once a code has confirmed them. Beginning again replaces them.
 * Results: ok | ACTIVATION_INVALID (unknown, used, over).
 * Events: user.activating.
 */
import { uuidToText } from '@tillgate/protocol'

import type { UserRow } from '../records/tables.js'
import { event } from './event.js'
import { one, operation, update } from './operation.js'

export interface BeginActivationInput {
  readonly activationHash: Uint8Array
  readonly passwordHash: string
  /** Sealed. */
  readonly totpSecret: Uint8Array
  readonly atMs: number
}

export type ActivationResult =
  { readonly ok: true } | { readonly ok: false; readonly code: 'ACTIVATION_INVALID' }

export const activationRefused = {
  writes: [],
  result: { ok: false, code: 'ACTIVATION_INVALID' },
} as const

/** The user whom the text lets in now. */
export const invited = (user: UserRow | undefined, atMs: number): UserRow | undefined =>
  user?.state === 'INVITED' && atMs < (user.activationEndsAtMs ?? 0) ? user : undefined

export const beginActivation = operation<
  BeginActivationInput,
  { readonly user: UserRow | undefined },
  ActivationResult
>({
  name: 'begin-activation',
  *load({ activationHash }) {
    return { user: yield* one('user', { activationHash }) }
  },
  decide(rows, { passwordHash, totpSecret, atMs }) {
    const user = invited(rows.user, atMs)
    if (user === undefined) return activationRefused
    return {
      writes: [
        update('user', user.id, { passwordHash, totpSecret }),
        event({
          atMs,
          kind: 'user.activating',
          actor: user.login,
          data: { user: uuidToText(user.uuid) },
        }),
      ],
      result: { ok: true },
    }
  },
})
