/**
 * The life of a command that destroys nothing (architecture §6): queued -> published -> accepted ->
 * running -> done | failed | refused. `cancelled` and `expired` are final only if the command was never
 * published, or the terminal's signed Status says NOT_SEEN under a higher sequence; until then the
 * outcome is unknown and a late result is taken.
 * Pure: effects are data, an input that changes nothing says why.
 */
import type { CommandInput } from './inputs.js'
import { refuse, stay, type Move, type Situation } from './move.js'

type Input<K extends CommandInput['on']> = Extract<CommandInput, { on: K }>

/** May still be carried out: not final, or final with an unknown outcome. */
const alive = (s: Situation): boolean => s.open === 1

const claim = (s: Situation): Move =>
  s.state === 'queued' || s.state === 'published' || s.state === 'accepted' || s.state === 'running'
    ? {
        move: 'to',
        set: { state: s.state === 'queued' ? 'published' : s.state },
        event: s.attempts === 0 ? 'published' : 'published_again',
      }
    : refuse('ILLEGAL_STATE')

const accepted = (s: Situation): Move =>
  s.state === 'published'
    ? { move: 'to', set: { state: 'accepted' }, event: 'accepted' }
    : stay(`accepted is no news in ${s.state}`)

const progress = (s: Situation): Move =>
  s.state === 'published' || s.state === 'accepted'
    ? { move: 'to', set: { state: 'running' }, event: 'running' }
    : stay(`progress is no news in ${s.state}`)

const result = (s: Situation, input: Input<'result'>): Move => {
  if (!alive(s)) return stay('the first result counts')
  if (input.interrupted) {
    return {
      move: 'to',
      set: { state: 'failed', open: 0, outcomeUnknown: 1, resultCode: input.code },
      event: 'interrupted',
      effect: 'withdraw',
    }
  }
  return input.code === 0
    ? {
        move: 'to',
        set: { state: 'done', open: 0, outcomeUnknown: 0, resultCode: 0 },
        event: 'done',
        effect: 'apply',
      }
    : {
        move: 'to',
        set: { state: 'failed', open: 0, outcomeUnknown: 0, resultCode: input.code },
        event: 'failed',
        effect: 'undo-reservation',
      }
}

const refused = (s: Situation, input: Input<'refused'>): Move => {
  if (!alive(s)) return stay('it has ended')
  if (!input.currentAttempt) return stay('it answers an earlier attempt')
  if (input.reissue && s.state === 'queued') return stay('it waits to be issued again')
  if (s.state === 'cancelled' || s.state === 'expired') {
    return {
      move: 'to',
      set: { open: 0, outcomeUnknown: 0, resultCode: input.code },
      event: `${s.state}_confirmed`,
      effect: 'undo-reservation',
    }
  }
  return input.reissue
    ? { move: 'to', set: { state: 'queued', resultCode: input.code }, event: 'reissued' }
    : {
        move: 'to',
        set: { state: 'refused', open: 0, outcomeUnknown: 0, resultCode: input.code },
        event: 'refused',
        effect: 'undo-reservation',
      }
}

/**
 * Never published, or known to be unseen. A command that was refused and waits to be issued again is
 * not: a copy of the refused attempt may still be under way.
 */
const nothingLeft = (s: Situation): boolean =>
  s.attempts === 0 || (s.state === 'parked' && s.outcomeUnknown === 0)

const giveUp = (s: Situation, to: 'cancelled' | 'expired'): Move => {
  if (nothingLeft(s)) {
    return {
      move: 'to',
      set: { state: to, open: 0, outcomeUnknown: 0 },
      event: to,
      effect: 'undo-reservation',
    }
  }
  if (s.state === 'queued' || s.state === 'published' || s.state === 'parked') {
    return {
      move: 'to',
      set: { state: to, outcomeUnknown: 1 },
      event: `${to}_outcome_unknown`,
      effect: 'withdraw',
    }
  }
  if (to === 'expired') return stay(`the terminal is at it: ${s.state}`)
  return s.state === 'cancelled' ? stay('cancelled already') : refuse('TOO_LATE')
}

const notSeen = (s: Situation): Move => {
  switch (s.state) {
    case 'cancelled':
    case 'expired':
    case 'superseded':
      return {
        move: 'to',
        set: { open: 0, outcomeUnknown: 0 },
        event: `${s.state}_confirmed`,
        effect: 'undo-reservation',
      }
    case 'published':
    case 'accepted':
    case 'running':
      return { move: 'to', set: { state: 'queued' }, event: 'not_seen' }
    case 'parked':
      return s.outcomeUnknown === 1
        ? { move: 'to', set: { outcomeUnknown: 0 }, event: 'not_seen' }
        : stay('known already')
    case 'queued':
    case 'done':
    case 'failed':
    case 'refused':
      return stay(`not seen is no news in ${s.state}`)
    default:
      return s.state satisfies never
  }
}

const status = (s: Situation, input: Input<'status'>): Move => {
  if (!alive(s)) return stay('it has ended')
  switch (input.journal) {
    case 'NOT_SEEN':
      return input.closesGap ? notSeen(s) : stay('the Query was below the attempt')
    case 'RUNNING_NOW':
    case 'PREPARING':
    case 'PREPARED_NOW':
    case 'ERASING':
      return progress(s)
    case 'DONE':
      return result(s, { on: 'result', code: 0, interrupted: false })
    case 'FAILED':
      return result(s, { on: 'result', code: input.code, interrupted: false })
    case 'INTERRUPTED':
      return result(s, { on: 'result', code: input.code, interrupted: true })
    case 'REFUSED':
      return refused(s, {
        on: 'refused',
        code: input.code,
        reissue: false,
        nonce: undefined,
        currentAttempt: input.closesGap,
      })
    case 'RELEASED':
      return stay('only a destructive command is released')
    default:
      return input.journal satisfies never
  }
}

export const harmless = (s: Situation, input: CommandInput): Move => {
  switch (input.on) {
    case 'claim':
      return claim(s)
    case 'accepted':
      return input.currentAttempt ? accepted(s) : stay('it answers an earlier attempt')
    case 'progress':
      return input.currentAttempt ? progress(s) : stay('it answers an earlier attempt')
    case 'result':
      return result(s, input)
    case 'refused':
      return refused(s, input)
    case 'status':
      return status(s, input)
    case 'cancel':
      return alive(s) ? giveUp(s, 'cancelled') : refuse('ALREADY_DONE')
    case 'overdue':
      return alive(s) ? giveUp(s, 'expired') : stay('it has ended')
    case 'forced':
      return alive(s)
        ? {
            move: 'to',
            set: { state: 'superseded', open: 0, outcomeUnknown: nothingLeft(s) ? 0 : 1 },
            event: nothingLeft(s) ? 'superseded' : 'superseded_outcome_unknown',
          }
        : stay('it has ended')
    case 'too-many-attempts':
      return s.state === 'queued' || s.state === 'published'
        ? {
            move: 'to',
            set: { state: 'parked', outcomeUnknown: 1 },
            event: 'parked',
          }
        : stay(`it is ${s.state}`)
    case 'ready':
    case 'lease-over':
    case 'host-call-begun':
    case 'host-answered':
    case 'proceed':
    case 'proceed-silent':
    case 'released':
    case 'proof':
    case 'begun-anew':
      return refuse('ILLEGAL_STATE')
    default:
      return input satisfies never
  }
}
