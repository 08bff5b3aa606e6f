/**
 * The life of a destructive command: prepare, Ready, block the TID, Proceed, erase, Proof
 * (architecture §5, two phases and the ten rules from the model check). The commit of `proceed` is the
 * point of no return: before it a cancel leads through `aborting`, after it the answer is TOO_LATE.
 * Only Released, or Refused for the nonce, leads out of a phase that waits on the nonce; nothing here
 * ever unblocks a TID because time went by. Pure: effects are data, what changes nothing says why.
 */
import { attemptDead, settle } from './attempt-over.js'
import { forced, isGivenUp } from './given-up.js'
import { isPastNoReturn, type AfterRelease } from './states.js'
import type { CommandInput } from './inputs.js'
import { refuse, stay, type Move, type Situation } from './move.js'
import { sameBytes } from '../records/same-bytes.js'

type Input<K extends CommandInput['on']> = Extract<CommandInput, { on: K }>

const abort = (next: AfterRelease, event: string): Move => ({
  move: 'to',
  set: { state: 'running', phase: 'aborting', afterRelease: next },
  event,
})

/** Before Ready, as far as the gateway knows. */
const unready = (s: Situation): boolean =>
  (s.state === 'published' || s.state === 'accepted' || s.state === 'running') &&
  (s.phase === null || s.phase === 'preparing')

const claim = (s: Situation): Move =>
  s.state === 'queued' || unready(s)
    ? {
        move: 'to',
        set: { state: s.state === 'queued' ? 'published' : s.state },
        event: s.attempts === 0 ? 'published' : 'published_again',
      }
    : refuse('ILLEGAL_STATE')

const progress = (s: Situation, input: Input<'progress'>): Move => {
  if (input.erasing) {
    return s.phase === 'proceed_sent' || s.phase === 'proceed_unknown'
      ? { move: 'to', set: { phase: 'erasing', outcomeUnknown: 0 }, event: 'erasing' }
      : stay(`erasing is no news in ${s.phase ?? s.state}`)
  }
  return unready(s) && s.phase === null && input.currentAttempt
    ? { move: 'to', set: { state: 'running', phase: 'preparing' }, event: 'preparing' }
    : stay(`preparing is no news in ${s.phase ?? s.state}`)
}

/** Rule 3: Ready counts only if it answers the current attempt. */
const ready = (s: Situation, input: Input<'ready'>): Move => {
  if (!input.currentAttempt) return stay('it answers an earlier attempt')
  if (s.phase === 'aborting') {
    return s.readyNonce === null
      ? {
          move: 'to',
          set: { readyNonce: input.nonce, leaseMs: input.leaseMs },
          event: 'ready_while_aborting',
        }
      : stay('it is being aborted')
  }
  if (!unready(s)) return stay(`ready is no news in ${s.phase ?? s.state}`)
  const prepared = { state: 'running', readyNonce: input.nonce, leaseMs: input.leaseMs } as const
  // The TID may be somebody else's by now: it is neither blocked nor ever opened for this attempt.
  return input.isErase === true
    ? {
        move: 'to',
        set: { ...prepared, phase: 'tid_blocking', hostAnswer: 'blocked', tidMayBeBlocked: 0 },
        event: 'ready_to_erase',
      }
    : {
        move: 'to',
        set: { ...prepared, phase: 'ready', hostCallNumber: null, hostAnswer: null },
        event: 'ready',
      }
}

const hostCallBegun = (s: Situation, input: Input<'host-call-begun'>): Move => {
  if (s.phase === 'ready') {
    return {
      move: 'to',
      set: {
        phase: 'tid_blocking',
        hostCallNumber: input.callNumber,
        hostAnswer: null,
        tidMayBeBlocked: 1,
      },
      event: 'tid_blocking',
    }
  }
  const waits =
    (s.phase === 'tid_blocking' || s.phase === 'tid_unblocking') && s.hostCallNumber === null
  return waits
    ? {
        move: 'to',
        set: { hostCallNumber: input.callNumber, hostAnswer: null },
        event: 'host_called',
      }
    : refuse('ILLEGAL_STATE')
}

/** Rule 2: only the answer to the call made for this nonce counts. */
const hostAnswered = (s: Situation, input: Input<'host-answered'>): Move => {
  if (s.hostCallNumber !== input.callNumber) return stay('it answers an earlier call')
  if (input.answer === 'stale') {
    return { move: 'to', set: { hostCallNumber: null }, event: 'host_call_stale' }
  }
  if (s.phase === 'tid_blocking') {
    switch (input.answer) {
      case 'blocked':
        return s.hostAnswer === 'blocked'
          ? stay('answered already')
          : { move: 'to', set: { hostAnswer: 'blocked' }, event: 'tid_blocked' }
      case 'refused':
      case 'unknown-tid':
        return {
          move: 'to',
          set: {
            phase: 'aborting',
            hostAnswer: 'refused',
            // The same call may have been taken before and its answer lost: it is opened again anyway.
            tidMayBeBlocked: input.answer === 'refused' ? 1 : 0,
            afterRelease: 'refused',
          },
          event: 'tid_block_refused',
        }
      case 'open':
        return refuse('ILLEGAL_STATE')
      default:
        return input.answer satisfies never
    }
  }
  if (s.phase === 'tid_unblocking') {
    return input.answer === 'open' ? settle(s.afterRelease ?? 'queued') : refuse('ILLEGAL_STATE')
  }
  return stay(`no call is open in ${s.phase ?? s.state}`)
}

const released = (s: Situation, input: Input<'released'>): Move => {
  const closesAttempt = input.currentAttempt || (s.seq !== null && input.abortSeq > s.seq)
  const namesNonce = sameBytes(input.nonce, s.readyNonce)
  switch (s.phase) {
    case null:
    case 'preparing':
      return unready(s) && closesAttempt
        ? attemptDead(s, 'queued')
        : stay('it releases an earlier attempt')
    case 'ready':
    case 'tid_blocking':
    case 'proceed_sent':
    case 'proceed_unknown':
      return namesNonce ? attemptDead(s, 'queued') : stay('it releases an earlier nonce')
    case 'aborting':
      return namesNonce || (s.readyNonce === null ? closesAttempt : input.abortSeq > (s.seq ?? 0))
        ? attemptDead(s, s.afterRelease ?? 'queued')
        : stay('it releases an earlier attempt')
    case 'tid_unblocking':
      return stay('released already')
    case 'erasing':
      // Said again for want of a Receipt, it may be about a nonce that died before this one.
      return namesNonce ? refuse('ILLEGAL_STATE') : stay('it releases an earlier nonce')
    default:
      return s.phase satisfies never
  }
}

const refused = (s: Situation, input: Input<'refused'>): Move => {
  const next: AfterRelease = input.reissue ? 'queued' : 'refused'
  const namesNonce = sameBytes(input.nonce, s.readyNonce)
  switch (s.phase) {
    case null:
    case 'preparing':
      return unready(s) && input.currentAttempt
        ? attemptDead(s, next, input.code)
        : stay('it answers an earlier attempt')
    case 'ready':
    case 'tid_blocking':
    case 'proceed_sent':
    case 'proceed_unknown':
      return namesNonce ? attemptDead(s, next, input.code) : stay('it names another nonce')
    case 'aborting':
      return namesNonce || (s.readyNonce === null && input.currentAttempt)
        ? attemptDead(s, s.afterRelease ?? next, input.code)
        : stay('it answers an earlier attempt')
    case 'tid_unblocking':
      return stay('released already')
    case 'erasing':
      return namesNonce ? refuse('ILLEGAL_STATE') : stay('it names another nonce')
    default:
      return s.phase satisfies never
  }
}

const proof = (s: Situation, input: Input<'proof'>): Move => {
  if (s.state === 'done') return refuse('CONFLICTING_ANSWER')
  if (!input.matches || !(isPastNoReturn(s.phase) || isGivenUp(s))) return refuse('ILLEGAL_STATE')
  if (input.partial && isGivenUp(s)) {
    return { move: 'to', set: { outcomeUnknown: 1 }, event: 'erased_partially' }
  }
  if (input.partial) {
    // It rolls forward: the terminal goes on erasing, and what is left stays visibly open.
    return { move: 'to', set: { phase: 'erasing', outcomeUnknown: 0 }, event: 'erased_partially' }
  }
  return {
    move: 'to',
    set: {
      phase: null,
      open: 0,
      outcomeUnknown: 0,
      afterRelease: null,
      state: 'done',
      resultCode: 0,
    },
    event: 'attested',
    effect: 'apply',
  }
}

const notSeen = (s: Situation): Move => {
  switch (s.phase) {
    case null:
    case 'preparing':
      return unready(s) ? attemptDead(s, 'queued') : stay(`not seen is no news in ${s.state}`)
    case 'aborting':
      return s.readyNonce === null
        ? attemptDead(s, s.afterRelease ?? 'queued')
        : refuse('SEQ_REGRESSION')
    case 'ready':
    case 'tid_blocking':
    case 'proceed_sent':
    case 'proceed_unknown':
    case 'erasing':
      // It was prepared and knows nothing of it: its flash was rolled back.
      return refuse('SEQ_REGRESSION')
    case 'tid_unblocking':
      return stay('released already')
    default:
      return s.phase satisfies never
  }
}

/**
 * The journal holds no prepare, and no attempt so far will ever begin. Before a Ready that is all there
 * is to know: the Refused or Released of an earlier attempt may be all that the terminal has to say.
 */
const notAtIt = (s: Situation): Move => {
  if (s.readyNonce !== null) return stay('its Refused or Released for the nonce says it')
  if (s.phase === 'aborting') return attemptDead(s, s.afterRelease ?? 'queued')
  return unready(s) ? attemptDead(s, 'queued') : stay(`no news in ${s.phase ?? s.state}`)
}

const status = (s: Situation, input: Input<'status'>): Move => {
  switch (input.journal) {
    case 'NOT_SEEN':
      return input.closesGap ? notSeen(s) : stay('the Query was below the attempt')
    case 'PREPARED_NOW':
      return s.phase === 'proceed_unknown' && sameBytes(input.nonce, s.readyNonce)
        ? { move: 'to', set: { phase: 'proceed_sent', outcomeUnknown: 0 }, event: 'still_prepared' }
        : stay('no news')
    case 'ERASING':
      return progress(s, { on: 'progress', erasing: true, currentAttempt: true })
    case 'RUNNING_NOW':
    case 'PREPARING':
      return progress(s, { on: 'progress', erasing: false, currentAttempt: input.closesGap })
    case 'REFUSED':
    case 'RELEASED':
      return input.closesGap ? notAtIt(s) : stay('the Query was below the attempt')
    case 'DONE':
    case 'FAILED':
    case 'INTERRUPTED':
      return stay('its Proof says it with evidence')
    default:
      return input.journal satisfies never
  }
}

const giveUp = (s: Situation, to: 'cancelled' | 'expired'): Move => {
  if (s.state === 'queued' || s.state === 'parked') return settle(to)
  switch (s.phase) {
    case null:
    case 'preparing':
    case 'ready':
    case 'tid_blocking':
      return abort(to, to === 'cancelled' ? 'aborting' : 'overdue_aborting')
    case 'aborting':
    case 'tid_unblocking':
      // A cancel outdoes a refusal too: behind a refused order its case would place another.
      return s.afterRelease === 'cancelled' ||
        (to === 'expired' && (s.afterRelease ?? 'queued') !== 'queued')
        ? stay('it is being given up already')
        : { move: 'to', set: { afterRelease: to }, event: `${to}_after_release` }
    case 'proceed_sent':
    case 'proceed_unknown':
    case 'erasing':
      return to === 'cancelled' ? refuse('TOO_LATE') : stay('past the point of no return')
    default:
      return s.phase satisfies never
  }
}

export const destructive = (s: Situation, input: CommandInput): Move => {
  if (s.open === 0 && input.on !== 'proof') {
    return input.on === 'cancel' ? refuse('ALREADY_DONE') : stay('it has ended')
  }
  switch (input.on) {
    case 'claim':
      return claim(s)
    case 'accepted':
      return s.state === 'published' && input.currentAttempt
        ? { move: 'to', set: { state: 'accepted' }, event: 'accepted' }
        : stay(`accepted is no news in ${s.state}`)
    case 'progress':
      return progress(s, input)
    case 'ready':
      return ready(s, input)
    case 'lease-over':
      return s.phase === 'ready' || s.phase === 'tid_blocking'
        ? abort('queued', 'lease_over')
        : stay('no lease is open')
    case 'host-call-begun':
      return hostCallBegun(s, input)
    case 'host-answered':
      return hostAnswered(s, input)
    case 'proceed':
      return s.phase === 'tid_blocking' && s.hostAnswer === 'blocked'
        ? { move: 'to', set: { phase: 'proceed_sent' }, event: 'proceed_sent' }
        : refuse('ILLEGAL_STATE')
    case 'proceed-silent':
      return s.phase === 'proceed_sent'
        ? {
            move: 'to',
            set: { phase: 'proceed_unknown', outcomeUnknown: 1 },
            event: 'proceed_unknown',
          }
        : stay('no Proceed waits for an answer')
    case 'released':
      return released(s, input)
    case 'refused':
      return refused(s, input)
    case 'proof':
      return proof(s, input)
    case 'status':
      return status(s, input)
    case 'forced':
      return forced(s)
    case 'cancel':
      return giveUp(s, 'cancelled')
    case 'overdue':
      return giveUp(s, 'expired')
    case 'too-many-attempts':
      return s.state === 'queued'
        ? { move: 'to', set: { state: 'parked' }, event: 'parked' }
        : stay(`it is ${s.state}`)
    case 'begun-anew':
      return s.state === 'parked' ? settle('superseded') : stay(`it is ${s.state}`)
    case 'result':
      return refuse('ILLEGAL_STATE')
    default:
      return input satisfies never
  }
}
