/**
 * Tries of a person to show who he is. A few wrong ones are free; then the account waits, each time twice
 * as long, and even the right password and code fail meanwhile, with the same words. Nothing locks for
 * ever: whoever knows a login must not be able to lock its owner out.
 */
import type { EpochMs } from '../ports/system.js'
import type { UserRow } from '../records/tables.js'
import { peopleLimits } from './limits.js'

type Tries = Pick<UserRow, 'failedAttempts' | 'heldUntilMs'>

export const isHeld = (user: Tries, atMs: EpochMs): boolean => atMs < user.heldUntilMs

/** After one more wrong try. */
export const afterWrongTry = (user: Tries, atMs: EpochMs): Tries => {
  const failedAttempts = user.failedAttempts + 1
  const over = failedAttempts - peopleLimits.freeTries
  if (over < 0) return { failedAttempts, heldUntilMs: user.heldUntilMs }
  const wait = Math.min(peopleLimits.holdMs * 2 ** Math.min(over, 16), peopleLimits.holdMsMax)
  return { failedAttempts, heldUntilMs: atMs + wait }
}

export const afterRightTry: Tries = { failedAttempts: 0, heldUntilMs: 0 }

/** RFC 6238 §5.2: a code counts once. Later ones make all earlier ones worthless. */
export const isFreshStep = (
  user: Pick<UserRow, 'totpStep'>,
  step: number | undefined,
): step is number => step !== undefined && step > user.totpStep
