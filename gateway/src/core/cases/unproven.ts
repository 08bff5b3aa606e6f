/**
 * A case on the way of force: FORCED until the host has blocked the TID, then CLOSED_UNPROVEN. That is an
 * end, and two things may still come: the registry's answer (`dueAtMs` says that it is owed), and a proof
 * (`PROOF_MISSING` stands in what it waits for). CLOSED needs both (U4), whichever comes last.
 */
import { forceStretches } from './forced.js'
import type { CaseInput } from './inputs.js'
import { caseLimits } from './limits.js'
import { refuse, stay, type CaseMove, type CaseSituation } from './move.js'
import { askAgain, noAnswer } from './registry-answers.js'
import { readWaits, writeWaits } from './waits.js'

type Input<K extends CaseInput['on']> = Extract<CaseInput, { on: K }>

export const forced = (s: CaseSituation, { reason }: Input<'forced'>, atMs: number): CaseMove =>
  forceStretches[s.state] === 'answered'
    ? refuse('ILLEGAL_STATE')
    : {
        move: 'to',
        set: { state: 'FORCED', waitsFor: '[]', dueAtMs: atMs },
        event: 'forced',
        data: { reason },
      }

/** The block call of a forced case is on its way, once more or for the first time. */
export const forceCalling = (s: CaseSituation, atMs: number): CaseMove =>
  s.state === 'FORCED'
    ? { move: 'later', dueAtMs: atMs + caseLimits.stepMs }
    : stay(`it is ${s.state}`)

export const forceWaits = (
  s: CaseSituation,
  { because }: Input<'force-waits'>,
  atMs: number,
): CaseMove => {
  if (s.state !== 'FORCED') return stay(`it is ${s.state}`)
  const waitsFor = writeWaits([because])
  const dueAtMs = atMs + caseLimits.checkAgainMs
  return s.waitsFor === waitsFor
    ? { move: 'later', dueAtMs }
    : { move: 'to', set: { waitsFor, dueAtMs }, event: 'force_waits', data: { because } }
}

export const forceBlocked = (s: CaseSituation, atMs: number): CaseMove =>
  s.state === 'FORCED'
    ? {
        move: 'to',
        set: {
          state: 'CLOSED_UNPROVEN',
          open: 0,
          waitsFor: writeWaits(['PROOF_MISSING']),
          dueAtMs: atMs,
        },
        event: 'closed_unproven',
      }
    : stay(`it is ${s.state}`)

const isProven = (s: CaseSituation): boolean => !readWaits(s.waitsFor).includes('PROOF_MISSING')

const closed: CaseMove = {
  move: 'to',
  set: { state: 'CLOSED', open: 0, waitsFor: '[]', dueAtMs: null },
  event: 'closed',
}

const proved = (s: CaseSituation): CaseMove => {
  if (isProven(s)) return stay('it is proved already')
  return s.dueAtMs === null
    ? { ...closed, event: 'proven_late' }
    : { move: 'to', set: { waitsFor: '[]' }, event: 'proven_late' }
}

/** What an ended case still takes, where it ended without a proof. */
export const unproven = (s: CaseSituation, input: CaseInput, atMs: number): CaseMove => {
  const still = isProven(s) ? '[]' : writeWaits(['PROOF_MISSING'])
  switch (input.on) {
    case 'proof-came':
      return proved(s)
    case 'command':
      return input.state === 'done' ? proved(s) : stay('only a proof is news')
    case 'deregistering':
      return askAgain(s, atMs)
    case 'deregistered':
      if (s.dueAtMs === null) return stay('the registry has answered')
      return isProven(s)
        ? closed
        : { move: 'to', set: { waitsFor: still, dueAtMs: null }, event: 'deregistered' }
    case 'not-deregistered':
      return s.dueAtMs === null
        ? stay('the registry has answered')
        : noAnswer(s, input, isProven(s) ? [] : ['PROOF_MISSING'], atMs)
    case 'not-yet':
      return s.dueAtMs === null
        ? stay('nothing is due')
        : { move: 'later', dueAtMs: atMs + caseLimits.checkAgainMs }
    case 'cancel':
      return refuse('ALREADY_DONE')
    default:
      return stay('it has ended')
  }
}
