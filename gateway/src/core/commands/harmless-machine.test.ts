import { describe, expect, it } from 'vitest'

import { harmless } from './harmless-machine.js'
import type { CommandInput } from './inputs.js'
import type { Situation } from './move.js'

const queued: Situation = {
  state: 'queued',
  phase: null,
  open: 1,
  outcomeUnknown: 0,
  attempts: 0,
  seq: null,
  readyNonce: null,
  hostCallNumber: null,
  hostAnswer: null,
  tidMayBeBlocked: 0,
  afterRelease: null,
}

const step = (s: Situation, input: CommandInput): Situation => {
  const move = harmless(s, input)
  if (move.move !== 'to') return s
  const claimed = input.on === 'claim' ? { attempts: s.attempts + 1, seq: (s.seq ?? 0) + 1 } : {}
  return { ...s, ...move.set, ...claimed }
}
const after = (...inputs: readonly CommandInput[]): Situation => inputs.reduce(step, queued)

const claim: CommandInput = { on: 'claim' }
const done: CommandInput = { on: 'result', code: 0, interrupted: false }
const failed: CommandInput = { on: 'result', code: 7, interrupted: false }
const notSeen: CommandInput = {
  on: 'status',
  journal: 'NOT_SEEN',
  closesGap: true,
  nonce: undefined,
  code: 0,
}
const refused = (reissue: boolean): CommandInput => ({
  on: 'refused',
  code: 30,
  reissue,
  nonce: undefined,
  currentAttempt: true,
})

describe('a command that destroys nothing', () => {
  it('is done by its result, with or without Accepted before it', () => {
    expect(after(claim, done)).toMatchObject({ state: 'done', open: 0 })
    expect(after(claim, { on: 'accepted', currentAttempt: true }, done)).toMatchObject({
      state: 'done',
    })
  })

  it('keeps the first result when the terminal sends two', () => {
    expect(harmless(after(claim, done), failed)).toMatchObject({ move: 'stay' })
  })

  it('is queued once by a Refused that is said again', () => {
    const queuedAgain = after(claim, refused(true))
    expect(queuedAgain).toMatchObject({ state: 'queued', attempts: 1 })
    expect(harmless(queuedAgain, refused(true))).toMatchObject({ move: 'stay' })
  })

  it('is not done by being published or accepted', () => {
    expect(after(claim)).toMatchObject({ state: 'published', open: 1 })
    expect(after(claim, { on: 'accepted', currentAttempt: true })).toMatchObject({ open: 1 })
  })

  it('of which a crash interrupted the effect has an unknown outcome for ever', () => {
    const end = after(claim, { on: 'result', code: 1, interrupted: true })
    expect(end).toMatchObject({ state: 'failed', outcomeUnknown: 1, open: 0 })
  })

  it('cancelled before it left is cancelled', () => {
    expect(after({ on: 'cancel' })).toMatchObject({
      state: 'cancelled',
      outcomeUnknown: 0,
      open: 0,
    })
  })

  it('cancelled after it may have left stays open until the terminal says not seen', () => {
    const asked = after(claim, { on: 'cancel' })
    expect(asked).toMatchObject({ state: 'cancelled', outcomeUnknown: 1, open: 1 })
    expect(step(asked, notSeen)).toMatchObject({ state: 'cancelled', outcomeUnknown: 0, open: 0 })
  })

  it('cancelled after it may have left takes a late result', () => {
    expect(after(claim, { on: 'cancel' }, done)).toMatchObject({ state: 'done', open: 0 })
    expect(after(claim, { on: 'overdue' }, done)).toMatchObject({ state: 'done', open: 0 })
  })

  it('can be cancelled no more once the terminal has it', () => {
    const accepted = after(claim, { on: 'accepted', currentAttempt: true })
    expect(harmless(accepted, { on: 'cancel' })).toEqual({ move: 'refuse', code: 'TOO_LATE' })
  })

  it('refused for its sequence is issued again, and a copy may still be under way', () => {
    const again = after(claim, refused(true))
    expect(again).toMatchObject({ state: 'queued', open: 1 })
    expect(step(again, { on: 'cancel' })).toMatchObject({ outcomeUnknown: 1, open: 1 })
  })

  it('refused for good is refused', () => {
    expect(after(claim, refused(false))).toMatchObject({ state: 'refused', open: 0 })
  })

  it('whose Status says not seen goes out anew', () => {
    expect(after(claim, notSeen)).toMatchObject({ state: 'queued', open: 1 })
    const below: CommandInput = { ...notSeen, closesGap: false } as CommandInput
    expect(harmless(after(claim), below)).toMatchObject({ move: 'stay' })
  })

  it('parked after too many attempts is passed only when it was not seen', () => {
    const parked = after(claim, { on: 'too-many-attempts' })
    expect(parked).toMatchObject({ state: 'parked', outcomeUnknown: 1, open: 1 })
    expect(step(parked, notSeen)).toMatchObject({ state: 'parked', outcomeUnknown: 0, open: 1 })
  })

  it('knows no second phase', () => {
    for (const input of [{ on: 'proceed' }, { on: 'lease-over' }] as const)
      expect(harmless(after(claim), input)).toMatchObject({ move: 'refuse' })
  })
})
