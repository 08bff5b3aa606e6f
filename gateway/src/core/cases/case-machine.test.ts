import { describe, expect, it } from 'vitest'

import type { CommandInput } from '../commands/inputs.js'
import type { CommandPhase, CommandState } from '../commands/states.js'
import { caseTransition } from './case-machine.js'
import type { CaseInput } from './inputs.js'
import { caseLimits } from './limits.js'
import type { CaseSituation } from './move.js'
import { isEnded, isPastNoReturn, type CaseState } from './states.js'
import { stepOf } from './steps.js'

const now = 1_000_000
const fresh: CaseSituation = {
  reason: 'BUSINESS_ADJUSTMENT',
  confirmedAtMs: null,
  papers: '[]',
  reschedules: 0,
  state: 'OPENED',
  open: 1,
  waitsFor: '[]',
  waivers: '[]',
  approvalHash: null,
  orders: 0,
  postponements: 0,
  partialProofs: 0,
  reboots: 0,
  startsAtMs: now,
  deadlineMs: now + caseLimits.deadlineMsDefault,
  dueAtMs: now,
}
const approval = new Uint8Array(32).fill(7)
const approvedOne: CaseSituation = { ...fresh, state: 'APPROVED', approvalHash: approval }

/** The situation after these, each of which must move it. */
const after = (s: CaseSituation, ...inputs: readonly CaseInput[]): CaseSituation =>
  inputs.reduce((at, input) => {
    const move = caseTransition(at, input, now)
    if (move.move !== 'to') throw new Error(`${at.state} ${input.on}: ${JSON.stringify(move)}`)
    const orders = at.orders + (input.on === 'ordered' ? 1 : 0)
    return { ...at, ...move.set, orders }
  }, s)

const heard = (
  phase: CommandPhase | null,
  on: CommandInput = { on: 'accepted', currentAttempt: true },
  state: CommandState = phase === null ? 'accepted' : 'running',
): CaseInput => ({ on: 'command', state, phase, heard: on })

const told = (stage: string, isStageDone = false, reboots = 0): CaseInput => ({
  on: 'command',
  state: 'running',
  phase: stage.startsWith('ERASING') ? 'erasing' : 'preparing',
  heard: { on: 'progress', erasing: stage.startsWith('ERASING'), currentAttempt: true },
  told: { stage, isStageDone, reboots },
})

const ended = (state: CommandState): CaseInput => heard(null, { on: 'overdue' }, state)

const refusedWith = (
  code: string,
  retry: 'no' | 'short' | 'later' | 'human' = 'later',
): CaseInput => ({
  on: 'command',
  state: 'refused',
  phase: null,
  heard: { on: 'refused', code: 0, reissue: false, nonce: undefined, currentAttempt: true },
  refusal: { code, retry },
})

const proof = (partial: boolean): CommandInput => ({ on: 'proof', matches: true, partial })

describe('a case that meets no trouble', () => {
  it('goes from the wish to the closed file, each state by its name', () => {
    const way: readonly (readonly [CaseInput, CaseState])[] = [
      [{ on: 'checked', found: ['LAST_TERMINAL', 'DISPUTE_OPEN'] }, 'AWAITING_APPROVAL'],
      [{ on: 'approved', approvalHash: approval }, 'APPROVED'],
      [{ on: 'ordered' }, 'DISPATCHED'],
      [told('QUIESCING'), 'QUIESCING'],
      [told('FLUSHING'), 'FLUSHING'],
      [told('SETTLING'), 'SETTLING'],
      [told('UPLOADING'), 'UPLOADING'],
      [heard('ready'), 'READY'],
      [heard('tid_blocking'), 'TID_BLOCKING'],
      [heard('proceed_sent', { on: 'proceed' }), 'PROCEED_SENT'],
      [told('ERASING_KEYS'), 'ERASING_KEYS'],
      [told('ERASING_PARAMS'), 'ERASING_PARAMS'],
      [told('ERASING_PARAMS', true), 'AWAITING_PROOF'],
      [heard(null, proof(false), 'done'), 'PROVEN'],
      [{ on: 'deregistering' }, 'DEREGISTERING'],
      [{ on: 'deregistered' }, 'CLOSED'],
    ]
    let at = fresh
    for (const [input, state] of way) {
      at = after(at, input)
      expect(at.state).toBe(state)
      expect(at.open).toBe(isEnded(state) ? 0 : 1)
    }
  })

  it('is due wherever a step of its own leads on, and only there', () => {
    expect(after(fresh, { on: 'checked', found: [] }).dueAtMs).toBeNull()
    expect(after({ ...approvedOne }, { on: 'ordered' }).dueAtMs).toBe(
      now + caseLimits.silentAfterMs,
    )
    const proven = after(after(approvedOne, { on: 'ordered' }), heard(null, proof(false), 'done'))
    expect([stepOf(proven.state), proven.dueAtMs]).toEqual(['deregister', now])
  })
})

describe('before the order', () => {
  it('what is hard holds it up, and is never waived', () => {
    const blocked = after(fresh, { on: 'checked', found: ['HOST_REFUSED'] })
    expect([blocked.state, blocked.waitsFor, blocked.dueAtMs]).toEqual([
      'BLOCKED',
      '["HOST_REFUSED"]',
      null,
    ])
    const waiver = { on: 'waived', code: 'HOST_REFUSED', who: 'ana', why: 'in a hurry' } as const
    expect(caseTransition(blocked, waiver, now)).toEqual({ move: 'refuse', code: 'FORBIDDEN' })
  })

  it('what is soft is waived with who and why, and everything is asked anew', () => {
    const blocked = after(fresh, { on: 'checked', found: ['OPEN_PREAUTH'] })
    const waiver = { on: 'waived', code: 'OPEN_PREAUTH', who: 'ana', why: 'moved' } as const
    const waived = after(blocked, waiver)
    expect([waived.state, waived.dueAtMs]).toEqual(['PRECHECK', now])
    expect(JSON.parse(waived.waivers)).toEqual([
      { code: 'OPEN_PREAUTH', who: 'ana', why: 'moved', atMs: now },
    ])
    expect(after(waived, { on: 'checked', found: ['OPEN_PREAUTH'] }).state).toBe(
      'AWAITING_APPROVAL',
    )
    expect(caseTransition(waived, waiver, now).move).toBe('stay')
  })

  it('what clears by itself is looked at again by itself', () => {
    const blocked = after(fresh, { on: 'checked', found: ['HOST_UNREACHABLE'] })
    expect(blocked.dueAtMs).toBe(now + caseLimits.checkAgainMs)
    expect(after(blocked, { on: 'check-again' }).state).toBe('PRECHECK')
  })

  it('nothing is ordered that nobody has approved, nor before its appointment', () => {
    const early = { ...approvedOne, startsAtMs: now + 1 }
    expect(caseTransition(early, { on: 'ordered' }, now)).toMatchObject({ code: 'ILLEGAL_STATE' })
    for (const state of ['OPENED', 'PRECHECK', 'BLOCKED', 'AWAITING_APPROVAL'] as const) {
      const s = { ...fresh, state }
      expect(caseTransition(s, { on: 'ordered' }, now)).toMatchObject({ code: 'ILLEGAL_STATE' })
    }
    const unapproved = { ...approvedOne, approvalHash: null }
    expect(caseTransition(unapproved, { on: 'ordered' }, now)).toMatchObject({ move: 'refuse' })
  })

  it('a second person may say no', () => {
    const waiting = after(fresh, { on: 'checked', found: [] })
    expect(after(waiting, { on: 'rejected' })).toMatchObject({ state: 'REJECTED', open: 0 })
  })
})

describe('while its command decides', () => {
  const dispatched = after(approvedOne, { on: 'ordered' })

  it('a silent terminal is said to be silent until it says a word for itself', () => {
    const silent = after(dispatched, { on: 'silent' })
    expect([silent.state, silent.dueAtMs]).toEqual(['WAITING_DEVICE', null])
    expect(caseTransition(silent, heard(null, { on: 'claim' }, 'published'), now).move).toBe('stay')
    expect(after(silent, heard(null)).state).toBe('DISPATCHED')
  })

  it('an expired command is followed by another: expiry is not the case’s', () => {
    const expired = after(dispatched, ended('expired'))
    expect([expired.state, expired.dueAtMs]).toEqual(['WAITING_DEVICE', now])
    expect(after(expired, { on: 'ordered' })).toMatchObject({ state: 'DISPATCHED', orders: 2 })
  })

  it('the merchant may press later three times, and never beyond the deadline', () => {
    let at = dispatched
    for (let times = 1; times <= caseLimits.postponementsMax; times += 1) {
      at = after(at, refusedWith('POSTPONED_BY_MERCHANT'))
      expect([at.state, at.postponements]).toEqual(['POSTPONED', times])
      at = after({ ...at, startsAtMs: now }, { on: 'ordered' })
    }
    const fourth = after(at, refusedWith('POSTPONED_BY_MERCHANT'))
    expect([fourth.state, fourth.waitsFor]).toEqual(['BLOCKED', '["MERCHANT_POSTPONED"]'])
    const late = { ...dispatched, deadlineMs: now + 1 }
    expect(after(late, refusedWith('POSTPONED_BY_MERCHANT')).state).toBe('BLOCKED')
  })

  it.each([
    ['BATCH_NOT_SETTLED', 'UNSETTLED_BATCH'],
    ['SETTLE_MISMATCH', 'UNSETTLED_BATCH'],
    ['OFFLINE_NOT_EMPTY', 'OFFLINE_TXN_PENDING'],
    ['REVERSAL_NOT_SENT', 'REVERSAL_PENDING'],
    ['SLIP_NOT_UPLOADED', 'SLIP_NOT_UPLOADED'],
    ['TAMPERED', 'DEVICE_TAMPERED'],
  ])('%s holds it up as %s until a person says that it is done', (code, waits) => {
    const blocked = after(dispatched, refusedWith(code))
    expect([blocked.state, blocked.waitsFor, blocked.dueAtMs]).toEqual([
      'BLOCKED',
      JSON.stringify([waits]),
      null,
    ])
    const again = after(blocked, { on: 'check-again' }, { on: 'checked', found: [] })
    expect(again.state).toBe('APPROVED')
  })

  it('a refusal that a moment may overcome is asked again, one that nothing overcomes is not', () => {
    expect(after(dispatched, refusedWith('BUSY_TXN', 'short')).dueAtMs).toBe(
      now + caseLimits.askAgainSoonMs,
    )
    expect(after(dispatched, refusedWith('LOW_BATTERY', 'later')).dueAtMs).toBe(
      now + caseLimits.askAgainLaterMs,
    )
    expect(after(dispatched, refusedWith('UNKNOWN_COMMAND', 'no')).state).toBe('BLOCKED')
  })

  it('the host that will not block the TID holds it up', () => {
    const { refusal: _, ...silent } = refusedWith('') as Extract<CaseInput, { on: 'command' }>
    expect(after(dispatched, silent).waitsFor).toBe('["HOST_REFUSED"]')
  })

  it('three partial proofs send the terminal to the depot, and a full one still proves', () => {
    let at = after(dispatched, heard('proceed_sent', { on: 'proceed' }))
    for (let times = 1; times <= caseLimits.partialProofsMax; times += 1) {
      at = after(at, heard('erasing', proof(true)))
      expect(at.partialProofs).toBe(times)
    }
    expect(at.state).toBe('FAILED_PARTIAL')
    expect(after(at, heard(null, proof(false), 'done')).state).toBe('PROVEN')
  })

  it('reboots that the terminal survived are counted', () => {
    const erasing = after(dispatched, told('ERASING_KEYS', false, 2))
    expect([erasing.state, erasing.reboots]).toEqual(['ERASING_KEYS', 2])
    expect(caseTransition(erasing, told('ERASING_KEYS', false, 1), now).move).toBe('stay')
  })
})

describe('after the point of no return', () => {
  const states: readonly CaseState[] = [
    'PROCEED_SENT',
    'PROCEED_UNKNOWN',
    'ERASING_KEYS',
    'ERASING_PARAMS',
    'AWAITING_PROOF',
    'FAILED_PARTIAL',
    'PROVEN',
    'DEREGISTERING',
  ]

  it.each(states)('%s: cancelling is too late (U5)', (state) => {
    expect(isPastNoReturn(state)).toBe(true)
    const answer = caseTransition({ ...approvedOne, state }, { on: 'cancel' }, now)
    expect(answer).toEqual({ move: 'refuse', code: 'TOO_LATE' })
  })

  it('only a proof and the registry’s answer close it (U4)', () => {
    const inputs: readonly CaseInput[] = [
      { on: 'deregistered' },
      { on: 'deregistering' },
      { on: 'check-again' },
      { on: 'silent' },
    ]
    for (const state of states.slice(0, 6)) {
      for (const input of inputs) {
        expect(caseTransition({ ...approvedOne, state }, input, now).move).toBe('stay')
      }
    }
    expect(
      caseTransition({ ...approvedOne, state: 'PROVEN' }, { on: 'deregistered' }, now).move,
    ).toBe('stay')
  })

  it('a registry that can’t be told keeps it open, visibly, and is told again', () => {
    const deregistering = after({ ...approvedOne, state: 'PROVEN' }, { on: 'deregistering' })
    const silent = {
      on: 'not-deregistered',
      because: 'REGISTRY_UNREACHABLE',
      silentForMs: 0,
    } as const
    const waiting = after(deregistering, silent)
    expect([waiting.state, waiting.waitsFor]).toEqual(['DEREGISTERING', '["REGISTRY_UNREACHABLE"]'])
    expect(waiting.dueAtMs).toBe(now + caseLimits.checkAgainMs)
    const again = caseTransition({ ...waiting, dueAtMs: now }, silent, now)
    expect(again).toEqual({ move: 'later', dueAtMs: now + caseLimits.checkAgainMs })
    expect(caseTransition(waiting, { on: 'deregistering' }, now).move).toBe('stay')
    expect(after(waiting, { on: 'deregistered' }).state).toBe('CLOSED')
  })
})

it('what has ended stays ended, whatever comes', () => {
  for (const state of ['CLOSED', 'CANCELLED', 'REJECTED'] as const) {
    const s = { ...approvedOne, state, open: 0 as const }
    expect(caseTransition(s, { on: 'cancel' }, now)).toEqual({
      move: 'refuse',
      code: 'ALREADY_DONE',
    })
    for (const input of [ended('expired'), { on: 'ordered' }, { on: 'check-again' }] as const) {
      expect(caseTransition(s, input, now).move).toBe('stay')
    }
  }
})
