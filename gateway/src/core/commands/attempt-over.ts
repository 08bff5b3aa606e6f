/** How an attempt of a destructive command ends without effect, and where the command goes from there. */
import type { CommandChange, Move, Situation } from './move.js'
import type { AfterRelease } from './states.js'

/** Forgets the attempt that ended: its nonce, its host call. The TID is known to be open. */
const attemptOver: CommandChange = {
  phase: null,
  readyNonce: null,
  leaseMs: null,
  hostCallNumber: null,
  hostAnswer: null,
  tidMayBeBlocked: 0,
  afterRelease: null,
  outcomeUnknown: 0,
}

/** The terminal has given the attempt up and the TID is open: on to where it was meant to go. */
export const settle = (next: AfterRelease | 'superseded', code?: number): Move => {
  const set: CommandChange = code === undefined ? attemptOver : { ...attemptOver, resultCode: code }
  return next === 'queued'
    ? { move: 'to', set: { ...set, state: 'queued' }, event: 'requeued' }
    : {
        move: 'to',
        set: { ...set, state: next, open: 0, outcomeUnknown: 0 },
        event: next,
        effect: 'undo-reservation',
      }
}

/** The terminal has proved that this attempt is dead and erased nothing. */
export const attemptDead = (s: Situation, next: AfterRelease, code?: number): Move =>
  s.tidMayBeBlocked === 0
    ? settle(next, code)
    : {
        move: 'to',
        set: {
          state: 'running',
          phase: 'tid_unblocking',
          hostCallNumber: null,
          hostAnswer: null,
          outcomeUnknown: 0,
          afterRelease: next,
          ...(code === undefined ? {} : { resultCode: code }),
        },
        event: 'tid_unblocking',
      }
