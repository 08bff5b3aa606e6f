import { describe, expect, it } from 'vitest'

import { destructive } from './destructive-machine.js'
import type { CommandInput } from './inputs.js'
import type { Situation } from './move.js'
import { isFinal, isPastNoReturn } from './states.js'

const nonce = Uint8Array.of(1)
const otherNonce = Uint8Array.of(2)

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

/** As an operation would: a claim also counts the attempt and takes the next sequence. */
const step = (s: Situation, input: CommandInput): Situation => {
  const move = destructive(s, input)
  if (move.move !== 'to') return s
  const claimed = input.on === 'claim' ? { attempts: s.attempts + 1, seq: (s.seq ?? 0) + 10 } : {}
  return { ...s, ...move.set, ...claimed }
}

const after = (...inputs: readonly CommandInput[]): Situation => inputs.reduce(step, queued)

const claim: CommandInput = { on: 'claim' }
const ready: CommandInput = { on: 'ready', nonce, leaseMs: 120_000, currentAttempt: true }
const called = (callNumber: number): CommandInput => ({ on: 'host-call-begun', callNumber })
const blocked = (callNumber: number): CommandInput => ({
  on: 'host-answered',
  callNumber,
  answer: 'blocked',
})
const opened = (callNumber: number): CommandInput => ({
  on: 'host-answered',
  callNumber,
  answer: 'open',
})
const proceed: CommandInput = { on: 'proceed' }
const released = (over: Partial<Extract<CommandInput, { on: 'released' }>> = {}): CommandInput => ({
  on: 'released',
  nonce,
  currentAttempt: true,
  abortSeq: 0,
  ...over,
})
const refused = (over: Partial<Extract<CommandInput, { on: 'refused' }>> = {}): CommandInput => ({
  on: 'refused',
  code: 30,
  reissue: false,
  nonce,
  currentAttempt: true,
  ...over,
})
const proof: CommandInput = { on: 'proof', matches: true, partial: false }
const status = (
  journal: Extract<CommandInput, { on: 'status' }>['journal'],
  over: Partial<Extract<CommandInput, { on: 'status' }>> = {},
): CommandInput => ({ on: 'status', journal, closesGap: true, nonce, code: 0, ...over })

const toProceedSent = [claim, ready, called(1), blocked(1), proceed]

describe('the way forward', () => {
  it('goes from the queue to attested', () => {
    const end = after(
      ...toProceedSent,
      { on: 'progress', erasing: true, currentAttempt: true },
      proof,
    )
    expect(end).toMatchObject({ state: 'done', phase: null, open: 0, tidMayBeBlocked: 1 })
  })

  it('stays open after a partial erasure, with the TID blocked, until a full proof', () => {
    const partly = after(...toProceedSent, { on: 'proof', matches: true, partial: true })
    expect(partly).toMatchObject({ phase: 'erasing', open: 1, tidMayBeBlocked: 1 })
    expect(step(partly, proof)).toMatchObject({ state: 'done', open: 0 })
  })

  it('takes no other proof once it is attested', () => {
    expect(destructive(after(...toProceedSent, proof), proof)).toMatchObject({ move: 'refuse' })
  })

  it('needs the answer to the call made for this nonce before Proceed (rule 2)', () => {
    expect(destructive(after(claim, ready), proceed)).toMatchObject({ move: 'refuse' })
    expect(destructive(after(claim, ready, called(1)), proceed)).toMatchObject({ move: 'refuse' })
    expect(destructive(after(claim, ready, called(2)), blocked(1))).toMatchObject({ move: 'stay' })
  })

  it('takes Ready only for the current attempt (rule 3)', () => {
    const stale: CommandInput = { on: 'ready', nonce, leaseMs: 1, currentAttempt: false }
    expect(destructive(after(claim, claim), stale)).toMatchObject({ move: 'stay' })
  })

  it('takes no Ready once the attempt was released, though it comes late', () => {
    expect(destructive(after(claim, released()), ready)).toMatchObject({ move: 'stay' })
  })
})

describe('cancelling', () => {
  it('ends at once what never left', () => {
    expect(step(queued, { on: 'cancel' })).toMatchObject({ state: 'cancelled', open: 0 })
  })

  it.each([
    ['published', [claim]],
    ['ready', [claim, ready]],
    ['tid_blocking', [claim, ready, called(1)]],
    ['tid_blocking, answered', [claim, ready, called(1), blocked(1)]],
  ])('aborts what is %s, and Proceed is refused from then on (rule 1)', (_, inputs) => {
    const aborting = after(...inputs, { on: 'cancel' })
    expect(aborting).toMatchObject({ phase: 'aborting', afterRelease: 'cancelled', open: 1 })
    expect(destructive(aborting, proceed)).toMatchObject({ move: 'refuse' })
    expect(destructive(step(aborting, blocked(1)), proceed)).toMatchObject({ move: 'refuse' })
  })

  it('is too late after the point of no return', () => {
    for (const more of [[], [{ on: 'proceed-silent' }], [status('ERASING')]] as CommandInput[][]) {
      const late = after(...toProceedSent, ...more)
      expect(destructive(late, { on: 'cancel' })).toEqual({ move: 'refuse', code: 'TOO_LATE' })
    }
  })

  it('is answered only when the TID is open again', () => {
    const unblocking = after(claim, ready, called(1), { on: 'cancel' }, released())
    expect(unblocking).toMatchObject({ phase: 'tid_unblocking', open: 1 })
    const end = [called(2), opened(2)].reduce(step, unblocking)
    expect(end).toMatchObject({ state: 'cancelled', open: 0, tidMayBeBlocked: 0 })
  })

  it('needs no unblocking where the host was never called', () => {
    expect(after(claim, ready, { on: 'cancel' }, released())).toMatchObject({ state: 'cancelled' })
  })

  it('turns a release that was meant for another try into an end', () => {
    const leaseOver = after(claim, ready, called(1), released())
    expect(leaseOver).toMatchObject({ phase: 'tid_unblocking', afterRelease: 'queued' })
    const end = [{ on: 'cancel' } as const, called(2), opened(2)].reduce(step, leaseOver)
    expect(end).toMatchObject({ state: 'cancelled', open: 0 })
  })
})

describe('releases', () => {
  it('of an earlier attempt do not release a newer one', () => {
    const newer = after(claim, released(), claim, { on: 'cancel' })
    const old = released({ currentAttempt: false, nonce: otherNonce })
    expect(destructive(newer, old)).toMatchObject({ move: 'stay' })
  })

  it('that answer an Abort above the latest attempt count, whatever attempt they name', () => {
    const newer = after(claim, claim, { on: 'cancel' })
    const answer = released({ currentAttempt: false, nonce: undefined, abortSeq: 21 })
    expect(step(newer, answer)).toMatchObject({ state: 'cancelled', open: 0 })
  })

  it('that answer an Abort below the latest attempt do not', () => {
    const newer = after(claim, claim, { on: 'cancel' })
    const answer = released({ currentAttempt: false, nonce: undefined, abortSeq: 15 })
    expect(destructive(newer, answer)).toMatchObject({ move: 'stay' })
  })

  it.each([[[]], [[{ on: 'proceed-silent' }]]] as [CommandInput[]][])(
    'of the nonce lead back over the line after Proceed (rule 4)',
    (more) => {
      const sent = after(...toProceedSent, ...more)
      expect(destructive(sent, released({ nonce: otherNonce }))).toMatchObject({ move: 'stay' })
      expect(step(sent, released())).toMatchObject({
        phase: 'tid_unblocking',
        afterRelease: 'queued',
        outcomeUnknown: 0,
      })
    },
  )

  it('are an alarm while the terminal erases', () => {
    const erasing = after(...toProceedSent, status('ERASING'))
    expect(destructive(erasing, released())).toMatchObject({ move: 'refuse' })
    expect(destructive(erasing, refused())).toMatchObject({ move: 'refuse' })
  })

  it('of an earlier nonce, said again for want of a Receipt, are no alarm while it erases', () => {
    const erasing = after(...toProceedSent, status('ERASING'))
    const earlier = { nonce: otherNonce, currentAttempt: false }
    expect(destructive(erasing, released(earlier))).toMatchObject({ move: 'stay' })
    expect(destructive(erasing, refused(earlier))).toMatchObject({ move: 'stay' })
  })
})

describe('silence after Proceed', () => {
  const unknown = after(...toProceedSent, { on: 'proceed-silent' })

  it('makes the outcome unknown, never failed', () => {
    expect(unknown).toMatchObject({ phase: 'proceed_unknown', outcomeUnknown: 1, open: 1 })
  })

  it('ends with what the journal says', () => {
    expect(step(unknown, status('PREPARED_NOW'))).toMatchObject({ phase: 'proceed_sent' })
    expect(step(unknown, status('ERASING'))).toMatchObject({ phase: 'erasing', outcomeUnknown: 0 })
    expect(step(unknown, proof)).toMatchObject({ state: 'done', outcomeUnknown: 0 })
    expect(destructive(unknown, status('PREPARED_NOW', { nonce: otherNonce }))).toMatchObject({
      move: 'stay',
    })
  })

  it('that ends in a forgotten prepare is a rolled-back flash, never a release', () => {
    expect(destructive(unknown, status('NOT_SEEN'))).toEqual({
      move: 'refuse',
      code: 'SEQ_REGRESSION',
    })
  })

  it('does not end by time', () => {
    for (const input of [
      { on: 'overdue' },
      { on: 'lease-over' },
      { on: 'proceed-silent' },
    ] as const)
      expect(destructive(unknown, input)).toMatchObject({ move: 'stay' })
  })
})

describe('a lost attempt behind a refused one', () => {
  // The terminal answers an Abort with what it said to the first attempt: that ends nothing.
  const lost = after(claim, claim, { on: 'cancel' })
  const first = refused({ currentAttempt: false, nonce: undefined })

  it('is given up once the journal says so above it', () => {
    expect(destructive(lost, first)).toMatchObject({ move: 'stay' })
    for (const journal of ['REFUSED', 'RELEASED'] as const) {
      expect(destructive(lost, status(journal, { closesGap: false }))).toMatchObject({
        move: 'stay',
      })
      expect(step(lost, status(journal))).toMatchObject({ state: 'cancelled', open: 0 })
    }
  })

  it('is tried again where nobody gave it up', () => {
    expect(step(after(claim, claim), status('REFUSED'))).toMatchObject({ state: 'queued', open: 1 })
  })

  it('is not what a Status speaks of once there is a nonce', () => {
    const prepared = after(claim, ready, { on: 'cancel' })
    expect(destructive(prepared, status('REFUSED'))).toMatchObject({ move: 'stay' })
  })
})

describe('refusals', () => {
  it('end a prepare', () => {
    expect(after(claim, refused({ nonce: undefined }))).toMatchObject({ state: 'refused', open: 0 })
  })

  it('of a Proceed unblock first', () => {
    expect(after(...toProceedSent, refused())).toMatchObject({
      phase: 'tid_unblocking',
      afterRelease: 'refused',
    })
  })

  it('that a new attempt may overcome put it back', () => {
    const again = after(claim, refused({ reissue: true, nonce: undefined }))
    expect(again).toMatchObject({ state: 'queued', open: 1 })
  })

  it('by the host abort it, and open the TID: the call may have been taken before', () => {
    const answer: CommandInput = { on: 'host-answered', callNumber: 1, answer: 'refused' }
    const aborting = after(claim, ready, called(1), answer)
    expect(aborting).toMatchObject({ phase: 'aborting', afterRelease: 'refused' })
    const unblocking = step(aborting, released())
    expect(unblocking).toMatchObject({ phase: 'tid_unblocking', afterRelease: 'refused' })
    // Behind a refused order a case would place another: a cancel that was answered with yes must hold.
    expect(step(unblocking, { on: 'cancel' })).toMatchObject({ afterRelease: 'cancelled' })
    expect(step(aborting, { on: 'cancel' })).toMatchObject({ afterRelease: 'cancelled' })
  })

  it('by a host that knows no such TID abort it, with nothing to unblock', () => {
    const answer: CommandInput = { on: 'host-answered', callNumber: 1, answer: 'unknown-tid' }
    const aborting = after(claim, ready, called(1), answer)
    expect(aborting).toMatchObject({ phase: 'aborting', afterRelease: 'refused' })
    expect(step(aborting, released())).toMatchObject({ state: 'refused', open: 0 })
  })
})

/** Every input, in the shapes that can matter. */
const alphabet: readonly CommandInput[] = [
  claim,
  { on: 'accepted', currentAttempt: true },
  { on: 'progress', erasing: false, currentAttempt: true },
  { on: 'progress', erasing: true, currentAttempt: true },
  ready,
  { on: 'ready', nonce: otherNonce, leaseMs: 1, currentAttempt: true },
  { on: 'lease-over' },
  called(1),
  called(2),
  ...(['blocked', 'open', 'refused', 'unknown-tid', 'stale'] as const).flatMap((answer) =>
    [1, 2].map((callNumber): CommandInput => ({ on: 'host-answered', callNumber, answer })),
  ),
  proceed,
  { on: 'proceed-silent' },
  released(),
  released({ nonce: otherNonce, currentAttempt: false }),
  released({ nonce: undefined, currentAttempt: false, abortSeq: 10_000 }),
  refused(),
  refused({ reissue: true }),
  refused({ nonce: otherNonce, currentAttempt: false }),
  { on: 'result', code: 0, interrupted: false },
  proof,
  { on: 'proof', matches: true, partial: true },
  { on: 'proof', matches: false, partial: false },
  ...(
    [
      'NOT_SEEN',
      'RUNNING_NOW',
      'PREPARING',
      'PREPARED_NOW',
      'ERASING',
      'DONE',
      'REFUSED',
      'RELEASED',
    ] as const
  ).map((journal) => status(journal)),
  { on: 'cancel' },
  { on: 'overdue' },
  { on: 'too-many-attempts' },
  { on: 'begun-anew' },
]

/** The sequence and the attempts would make it endless; they matter only as `some` and `none`. */
const keyOf = (s: Situation): string =>
  JSON.stringify({
    ...s,
    attempts: Math.min(s.attempts, 1),
    seq: s.seq === null ? null : 10,
    readyNonce: s.readyNonce?.[0] ?? null,
  })

const walk = (visit: (from: Situation, input: CommandInput, to: Situation) => void): number => {
  const seen = new Set([keyOf(queued)])
  const waiting: Situation[] = [queued]
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    for (const input of alphabet) {
      const to = step(from, input)
      visit(from, input, to)
      const key = keyOf(to)
      if (!seen.has(key)) {
        seen.add(key)
        waiting.push({ ...to, seq: to.seq === null ? null : 10 })
      }
    }
  }
  return seen.size
}

describe('every reachable state', () => {
  it('keeps what must hold of it', () => {
    const states = walk((_, __, s) => {
      if (isFinal(s.state)) expect(s.open).toBe(0)
      if (s.open === 0) expect(isFinal(s.state)).toBe(true)
      if (s.open === 0 && s.state !== 'done' && s.state !== 'failed')
        expect(s.tidMayBeBlocked).toBe(0)
      if (isPastNoReturn(s.phase))
        expect(s).toMatchObject({ hostAnswer: 'blocked', tidMayBeBlocked: 1 })
      if (s.phase === 'tid_unblocking') expect(s.tidMayBeBlocked).toBe(1)
      if (s.phase !== null) expect(s.state).toBe('running')
    })
    expect(states).toBeGreaterThan(40)
  })

  it('starts to unblock only because the terminal said that it is over', () => {
    walk((from, input, to) => {
      if (to.phase === 'tid_unblocking' && from.phase !== 'tid_unblocking') {
        expect(['released', 'refused', 'status']).toContain(input.on)
        if (isPastNoReturn(from.phase)) expect(['released', 'refused']).toContain(input.on)
      }
    })
  })

  it('ends past the point of no return only by a proof', () => {
    walk((from, input, to) => {
      if (isPastNoReturn(from.phase) && to.open === 0) expect(input.on).toBe('proof')
    })
  })
})
