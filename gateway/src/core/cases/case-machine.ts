/**
 * The life of an unbind case (domain §6.3). Before its order and after its proof the case decides; in
 * between its command does (`follow-command.ts`). U2 and U3 are the command's: no erase before this run's
 * Ready, none before the TID is blocked. Here: U1 one open case a binding (held by the records), U4 closed
 * only with a proof and the registry's answer, U5 no way back after the point of no return.
 * Pure: what a move wants done next is in the state that it leads to (`steps.ts`).
 */
import { caseLimits } from './limits.js'
import { followCommand } from './follow-command.js'
import type { CaseInput } from './inputs.js'
import { refuse, stay, type CaseChange, type CaseMove, type CaseSituation } from './move.js'
import { isBeforeOrder, isPastNoReturn } from './states.js'
import { askAgain, noAnswer } from './registry-answers.js'
import { forceBlocked, forceCalling, forced, forceWaits, unproven } from './unproven.js'
import { allClear, holding, mayBeWaived, type WaitingCode } from './waiting.js'
import { readWaits, readWaivers, waivedCodes, writeWaits, writeWaivers } from './waits.js'
import { missingPapers, readPapers, stillWanted, wantsOf, writePapers } from './wants.js'

type Input<K extends CaseInput['on']> = Extract<CaseInput, { on: K }>

/** Nothing holds it up: on to whoever decides next. */
const clear = (s: CaseSituation, atMs: number): CaseMove =>
  s.approvalHash === null
    ? {
        move: 'to',
        set: { state: 'AWAITING_APPROVAL', waitsFor: '[]', dueAtMs: null },
        event: 'awaiting_approval',
      }
    : {
        move: 'to',
        set: { state: 'APPROVED', waitsFor: '[]', dueAtMs: Math.max(atMs, s.startsAtMs) },
        event: 'approved_still',
      }

const checked = (s: CaseSituation, { found }: Input<'checked'>, atMs: number): CaseMove => {
  if (s.state !== 'OPENED' && s.state !== 'PRECHECK') return stay(`it is ${s.state}`)
  const wanted = [...found, ...stillWanted(s)]
  const holds = holding(wanted, waivedCodes(s.waivers))
  if (holds.length === 0) return clear(s, atMs)
  return {
    move: 'to',
    set: {
      state: 'BLOCKED',
      waitsFor: writeWaits(wanted),
      dueAtMs: allClear(holds) ? atMs + caseLimits.checkAgainMs : null,
    },
    event: 'blocked',
    data: { because: holds.join(' ') },
  }
}

const checkAgain = (s: CaseSituation, atMs: number): CaseMove =>
  s.state === 'BLOCKED'
    ? { move: 'to', set: { state: 'PRECHECK', dueAtMs: atMs }, event: 'precheck' }
    : stay(`it is ${s.state}`)

const waived = (s: CaseSituation, input: Input<'waived'>, atMs: number): CaseMove => {
  if (!isBeforeOrder(s.state)) return refuse('ILLEGAL_STATE')
  if (!mayBeWaived(input.code)) return refuse('FORBIDDEN')
  const waivers = readWaivers(s.waivers)
  if (waivers.some(({ code }) => code === input.code)) return stay('it is waived already')
  if (waivers.length >= caseLimits.waiversMax) return refuse('QUEUE_FULL')
  const { code, who, why } = input
  const set = { waivers: writeWaivers([...waivers, { code, who, why, atMs }]) }
  const looksAgain = s.state === 'BLOCKED' && readWaits(s.waitsFor).includes(code)
  return {
    move: 'to',
    set: looksAgain ? { ...set, state: 'PRECHECK', dueAtMs: atMs } : set,
    event: 'waived',
    data: { code },
  }
}

const lookAgain = (s: CaseSituation, waited: WaitingCode, atMs: number): CaseChange =>
  s.state === 'BLOCKED' && readWaits(s.waitsFor).includes(waited)
    ? { state: 'PRECHECK', dueAtMs: atMs }
    : {}

const confirmed = (s: CaseSituation, input: Input<'confirmed'>, atMs: number): CaseMove => {
  if (s.confirmedAtMs !== null) return refuse('ALREADY_DONE')
  if (!isBeforeOrder(s.state) || !wantsOf(s.reason).confirmation) return refuse('ILLEGAL_STATE')
  return {
    move: 'to',
    set: { ...lookAgain(s, 'MERCHANT_UNCONFIRMED', atMs), confirmedAtMs: atMs },
    event: 'confirmed',
    data: { ...input.said, how: input.how },
  }
}

const rescheduled = (
  s: CaseSituation,
  { startsAtMs }: Input<'rescheduled'>,
  atMs: number,
): CaseMove => {
  if (isPastNoReturn(s.state)) return refuse('TOO_LATE')
  if (!isBeforeOrder(s.state)) return refuse('ILLEGAL_STATE')
  const isTooFar = startsAtMs - atMs > caseLimits.startsInMsMax
  if (isTooFar || startsAtMs <= atMs || startsAtMs >= s.deadlineMs) return refuse('VALIDATION')
  if (startsAtMs === s.startsAtMs) return stay('it is then already')
  const reschedules = s.reschedules + 1
  if (reschedules > caseLimits.reschedulesMax) return refuse('LIMIT_REACHED')
  return {
    move: 'to',
    set: { startsAtMs, reschedules, ...(s.state === 'APPROVED' ? { dueAtMs: startsAtMs } : {}) },
    event: 'rescheduled',
    data: { startsAtMs, times: reschedules },
  }
}

const paperKept = (s: CaseSituation, input: Input<'paper-kept'>, atMs: number): CaseMove => {
  const { kind, document, who } = input
  const kept = readPapers(s.papers)
  if (kept.some((paper) => paper.document === document)) return stay('it is kept already')
  if (kept.length >= caseLimits.papersMax) return stay('it has as many papers as it names')
  const papers = writePapers([...kept, { kind, document, who, atMs }])
  const isComplete = missingPapers({ reason: s.reason, papers }).length === 0
  return {
    move: 'to',
    set: { ...(isComplete ? lookAgain(s, 'DOCUMENT_MISSING', atMs) : {}), papers },
    event: 'paper_kept',
    data: { kind, document },
  }
}

const approved = (s: CaseSituation, input: Input<'approved'>, atMs: number): CaseMove =>
  s.state === 'AWAITING_APPROVAL'
    ? {
        move: 'to',
        set: {
          state: 'APPROVED',
          approvalHash: input.approvalHash,
          dueAtMs: Math.max(atMs, s.startsAtMs),
        },
        event: 'approved',
      }
    : refuse('ILLEGAL_STATE')

const rejected = (s: CaseSituation): CaseMove =>
  s.state === 'AWAITING_APPROVAL'
    ? { move: 'to', set: { state: 'REJECTED', open: 0, dueAtMs: null }, event: 'rejected' }
    : refuse('ILLEGAL_STATE')

const mayOrder: ReadonlySet<CaseSituation['state']> = new Set([
  'APPROVED',
  'POSTPONED',
  'WAITING_DEVICE',
])

/** U3 begins here: nothing is ordered that nobody has approved. */
const ordered = (s: CaseSituation, atMs: number): CaseMove =>
  mayOrder.has(s.state) && s.approvalHash !== null && atMs >= s.startsAtMs
    ? {
        move: 'to',
        set: { state: 'DISPATCHED', waitsFor: '[]', dueAtMs: atMs + caseLimits.silentAfterMs },
        event: 'dispatched',
        data: { order: s.orders + 1 },
      }
    : refuse('ILLEGAL_STATE')

const approvalLapsed = (s: CaseSituation): CaseMove =>
  mayOrder.has(s.state)
    ? {
        move: 'to',
        set: { state: 'AWAITING_APPROVAL', approvalHash: null, waitsFor: '[]', dueAtMs: null },
        event: 'approval_lapsed',
      }
    : refuse('ILLEGAL_STATE')

const silent = (s: CaseSituation): CaseMove =>
  s.state === 'DISPATCHED'
    ? { move: 'to', set: { state: 'WAITING_DEVICE', dueAtMs: null }, event: 'waiting_device' }
    : stay(`it is ${s.state}`)

/** In the row and not in somebody's memory, so that what rests never hides what is due behind it. */
const notYet = (s: CaseSituation, atMs: number): CaseMove => {
  if (s.dueAtMs === null || s.dueAtMs > atMs) return stay('it is not due')
  const restMs = s.state === 'DISPATCHED' ? caseLimits.silentAfterMs : caseLimits.notYetMs
  return { move: 'later', dueAtMs: atMs + restMs }
}

const deregistering = (s: CaseSituation, atMs: number): CaseMove => {
  const dueAtMs = atMs + caseLimits.stepMs
  if (s.state === 'PROVEN') {
    return { move: 'to', set: { state: 'DEREGISTERING', dueAtMs }, event: 'deregistering' }
  }
  return s.state === 'DEREGISTERING' ? askAgain(s, atMs) : stay(`it is ${s.state}`)
}

const notDeregistered = (
  s: CaseSituation,
  input: Input<'not-deregistered'>,
  atMs: number,
): CaseMove =>
  s.state === 'DEREGISTERING' ? noAnswer(s, input, [], atMs) : stay(`it is ${s.state}`)

const deregistered = (s: CaseSituation): CaseMove =>
  s.state === 'DEREGISTERING'
    ? {
        move: 'to',
        set: { state: 'CLOSED', open: 0, waitsFor: '[]', dueAtMs: null },
        event: 'closed',
      }
    : stay(`it is ${s.state}`)

/** No command is under way, so nothing at the terminal has to be taken back. */
const cancel = (s: CaseSituation): CaseMove =>
  isPastNoReturn(s.state)
    ? refuse('TOO_LATE')
    : {
        move: 'to',
        set: { state: 'CANCELLED', open: 0, waitsFor: '[]', dueAtMs: null },
        event: 'cancelled',
      }

export const caseTransition = (s: CaseSituation, input: CaseInput, atMs: number): CaseMove => {
  if (s.state === 'CLOSED_UNPROVEN') return unproven(s, input, atMs)
  if (s.open === 0) return input.on === 'cancel' ? refuse('ALREADY_DONE') : stay('it has ended')
  switch (input.on) {
    case 'checked':
      return checked(s, input, atMs)
    case 'check-again':
      return checkAgain(s, atMs)
    case 'waived':
      return waived(s, input, atMs)
    case 'confirmed':
      return confirmed(s, input, atMs)
    case 'rescheduled':
      return rescheduled(s, input, atMs)
    case 'paper-kept':
      return paperKept(s, input, atMs)
    case 'approved':
      return approved(s, input, atMs)
    case 'rejected':
      return rejected(s)
    case 'approval-lapsed':
      return approvalLapsed(s)
    case 'ordered':
      return ordered(s, atMs)
    case 'silent':
      return silent(s)
    case 'not-yet':
      return notYet(s, atMs)
    case 'command':
      return followCommand(s, input, atMs)
    case 'deregistering':
      return deregistering(s, atMs)
    case 'deregistered':
      return deregistered(s)
    case 'not-deregistered':
      return notDeregistered(s, input, atMs)
    case 'forced':
      return forced(s, input, atMs)
    case 'force-calling':
      return forceCalling(s, atMs)
    case 'force-waits':
      return forceWaits(s, input, atMs)
    case 'force-blocked':
      return forceBlocked(s, atMs)
    case 'proof-came':
      return stay('its own command says so')
    case 'cancel':
      return cancel(s)
    default:
      return input satisfies never
  }
}
