/** A destructive command whose case was closed by force: nobody waits for it any more. */
import { refuse, type Move, type Situation } from './move.js'

/** Nobody waits for it any more, and what it has done is not known: a proof still counts. */
export const isGivenUp = (s: Situation): boolean =>
  s.state === 'superseded' && s.outcomeUnknown === 1

/**
 * Its case goes on without it. What never left never will; the rest may have been carried out or not, and
 * nobody says which. The TID stays as it is: whoever forces has it blocked.
 */
export const forced = (s: Situation): Move => {
  switch (s.phase) {
    case null:
    case 'preparing':
    case 'aborting':
    case 'proceed_unknown':
    case 'erasing':
      return {
        move: 'to',
        set: {
          state: 'superseded',
          phase: null,
          open: 0,
          outcomeUnknown: s.attempts === 0 ? 0 : 1,
          afterRelease: null,
        },
        event: s.attempts === 0 ? 'superseded' : 'superseded_outcome_unknown',
      }
    case 'ready':
    case 'tid_blocking':
    case 'proceed_sent':
    case 'tid_unblocking':
      return refuse('ILLEGAL_STATE')
    default:
      return s.phase satisfies never
  }
}
