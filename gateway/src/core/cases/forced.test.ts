import { describe, expect, it } from 'vitest'

import { caseTransition } from './case-machine.js'
import {
  forceObstacle,
  forceOffers,
  forceReasons,
  forceStretches,
  silentSince,
  terminalAfterForce,
  type ForceFacts,
} from './forced.js'
import type { CaseInput } from './inputs.js'
import { caseLimits } from './limits.js'
import type { CaseMove, CaseSituation } from './move.js'
import { isEnded, isPastNoReturn, type CaseState } from './states.js'

const now = 1_000_000_000_000
const states = Object.keys(forceStretches) as readonly CaseState[]

const at = (state: CaseState, over: Partial<CaseSituation> = {}): CaseSituation =>
  ({
    reason: 'BUSINESS_ADJUSTMENT',
    confirmedAtMs: null,
    papers: '[]',
    state,
    open: isEnded(state) ? 0 : 1,
    waitsFor: '[]',
    waivers: '[]',
    approvalHash: null,
    orders: 0,
    postponements: 0,
    partialProofs: 0,
    reboots: 0,
    startsAtMs: now,
    deadlineMs: now + 1,
    dueAtMs: null,
    ...over,
  }) as CaseSituation

const facts = (state: CaseState, over: Partial<ForceFacts> = {}): ForceFacts => ({
  state,
  waitsFor: '[]',
  silentSinceMs: now,
  documentKind: undefined,
  atMs: now,
  ...over,
})

const led = (s: CaseSituation, input: CaseInput): CaseSituation => {
  const move: CaseMove = caseTransition(s, input, now)
  if (move.move === 'to') return { ...s, ...move.set }
  return move.move === 'later' ? { ...s, dueAtMs: move.dueAtMs } : s
}

const proofCame: CaseInput = { on: 'proof-came' }
const itsProof: CaseInput = {
  on: 'command',
  state: 'done',
  phase: null,
  heard: { on: 'proof', matches: true, partial: false },
}
const forced: CaseInput = { on: 'forced', reason: 'FORCE_DEVICE_LOST' }

describe('which reason is good where', () => {
  it('none, where terminal or host is about to answer, where there is a proof, and after an end', () => {
    const never = states.filter((state) => forceStretches[state] === 'answered')
    expect(never).toEqual([
      ...['READY', 'TID_BLOCKING', 'PROCEED_SENT', 'TID_UNBLOCKING', 'PROVEN', 'DEREGISTERING'],
      ...['FORCED', 'CLOSED', 'CLOSED_UNPROVEN', 'CANCELLED', 'REJECTED'],
    ])
    for (const state of never) {
      expect(forceOffers(facts(state))).toEqual([])
      expect(caseTransition(at(state), forced, now).move).not.toBe('to')
    }
  })

  it.each(states.filter((state) => forceStretches[state] !== 'answered'))(
    'a lost one wherever it will not answer: %s',
    (state) => {
      expect(forceObstacle('FORCE_DEVICE_LOST', facts(state))).toBeUndefined()
      expect(led(at(state), forced)).toMatchObject({ state: 'FORCED', open: 1, dueAtMs: now })
    },
  )

  it('a silent one only when it has been silent for the named days, and is asked after at all', () => {
    const silent = { silentSinceMs: now - caseLimits.forceAfterSilenceMs }
    const reason = 'FORCE_SILENT_TIMEOUT'
    expect(forceObstacle(reason, facts('WAITING_DEVICE', silent))).toBeUndefined()
    expect(forceObstacle(reason, facts('ERASING_KEYS', silent))).toBeUndefined()
    const early = { silentSinceMs: silent.silentSinceMs + 1 }
    for (const over of [early, { silentSinceMs: null }]) {
      const obstacle = forceObstacle(reason, facts('WAITING_DEVICE', over))
      expect(obstacle).toEqual({ code: 'NOT_SILENT_YET' })
    }
    const unordered = forceObstacle(reason, facts('AWAITING_APPROVAL', silent))
    expect(unordered).toEqual({ code: 'ILLEGAL_STATE' })
  })

  it('the silence begins when it was last there, not before the case, and a session ends it', () => {
    expect(silentSince({ sessionSinceMs: 5, sessionEndedMs: null }, 1)).toBeNull()
    expect(silentSince({ sessionSinceMs: 5, sessionEndedMs: 9 }, 1)).toBe(9)
    expect(silentSince({ sessionSinceMs: 5, sessionEndedMs: 9 }, 12)).toBe(12)
    expect(silentSince({ sessionSinceMs: null, sessionEndedMs: null }, 12)).toBe(12)
  })

  it.each([
    ['FORCE_DEVICE_DEAD', 'inspection-photo'],
    ['FORCE_COURT_OR_POLICE', 'court-order'],
    ['FORCE_DEPOT_ERASED', 'erasure-certificate'],
  ] as const)('%s wants its paper, and no other', (reason, documentKind) => {
    const missing = { code: 'DOCUMENT_MISSING', wanted: [documentKind] }
    expect(forceObstacle(reason, facts('WAITING_DEVICE'))).toEqual(missing)
    const other = facts('WAITING_DEVICE', { documentKind: 'business-licence' })
    expect(forceObstacle(reason, other)).toEqual(missing)
    expect(forceObstacle(reason, facts('WAITING_DEVICE', { documentKind }))).toBeUndefined()
  })

  it('a tampered one is offered as soon as the terminal has said so itself', () => {
    const told = facts('BLOCKED', { waitsFor: '["DEVICE_TAMPERED"]' })
    expect(forceObstacle('FORCE_TAMPERED', told)).toBeUndefined()
    expect(forceObstacle('FORCE_TAMPERED', facts('BLOCKED'))).toMatchObject({
      code: 'DOCUMENT_MISSING',
    })
  })

  it('leaves the terminal where the reason says, and never makes a bad one better', () => {
    for (const { code, leaves } of forceReasons) {
      const why = { reason: code, unbindReason: 'STORE_CLOSED' }
      expect(terminalAfterForce('UNBINDING', why)).toBe(leaves)
      expect(terminalAfterForce('TAMPERED', why)).toBe('TAMPERED')
    }
    const stolen = { reason: 'FORCE_SILENT_TIMEOUT', unbindReason: 'STOLEN' }
    expect(terminalAfterForce('UNBINDING', stolen)).toBe('LOST')
  })
})

describe('once it is forced', () => {
  it('nobody cancels it, and what its old command says is no news, but for a proof', () => {
    expect(isPastNoReturn('FORCED')).toBe(true)
    expect(caseTransition(at('FORCED'), { on: 'cancel' }, now)).toEqual({
      move: 'refuse',
      code: 'TOO_LATE',
    })
    const refusal: CaseInput = { ...itsProof, state: 'refused' } as CaseInput
    expect(caseTransition(at('FORCED'), refusal, now).move).toBe('stay')
    expect(led(at('FORCED'), itsProof)).toMatchObject({ state: 'PROVEN', open: 1 })
  })

  it('stays until the host has answered', () => {
    const waiting = led(at('FORCED'), { on: 'force-waits', because: 'HOST_UNREACHABLE' })
    expect(waiting).toMatchObject({ state: 'FORCED', waitsFor: '["HOST_UNREACHABLE"]' })
    expect(waiting.dueAtMs).toBe(now + caseLimits.checkAgainMs)
    const closed = led(waiting, { on: 'force-blocked' })
    expect(closed).toMatchObject({ state: 'CLOSED_UNPROVEN', open: 0 })
    expect(closed.waitsFor).toBe('["PROOF_MISSING"]')
  })

  it.each([
    ['the registry, then the proof', [{ on: 'deregistering' }, { on: 'deregistered' }, proofCame]],
    ['the proof, then the registry', [itsProof, { on: 'deregistering' }, { on: 'deregistered' }]],
  ] as readonly (readonly [string, readonly CaseInput[]])[])(
    'closes with both (U4): %s',
    (_, inputs) => {
      const start = led(at('FORCED'), { on: 'force-blocked' })
      const before = inputs.slice(0, -1).reduce(led, start)
      expect(before.state).toBe('CLOSED_UNPROVEN')
      const end = inputs.reduce(led, start)
      expect(end).toMatchObject({ state: 'CLOSED', open: 0, dueAtMs: null, waitsFor: '[]' })
    },
  )

  it('shows a registry that can’t be told beside the proof that is missing', () => {
    const start = led(at('FORCED'), { on: 'force-blocked' })
    const because = 'REGISTRY_UNREACHABLE'
    const silent = led(start, { on: 'not-deregistered', because, silentForMs: 0 })
    expect(silent.waitsFor).toBe('["PROOF_MISSING","REGISTRY_UNREACHABLE"]')
    expect(led(silent, proofCame)).toMatchObject({ state: 'CLOSED_UNPROVEN' })
  })
})

it('in every other state what belongs to a forced case changes nothing', () => {
  const inputs: readonly CaseInput[] = [
    { on: 'force-calling' },
    { on: 'force-waits', because: 'HOST_REFUSED' },
    { on: 'force-blocked' },
    proofCame,
  ]
  for (const state of states.filter((one) => one !== 'FORCED' && one !== 'CLOSED_UNPROVEN')) {
    for (const input of inputs) expect(caseTransition(at(state), input, now).move).toBe('stay')
  }
})
