import { expect, it } from 'vitest'

import { destructive } from './destructive-machine.js'
import type { Situation } from './move.js'
import type { CommandPhase } from './states.js'

const running = (phase: CommandPhase | null, attempts = 1): Situation => ({
  state: phase === null ? 'published' : 'running',
  phase,
  open: 1,
  outcomeUnknown: 0,
  attempts,
  seq: 1,
  readyNonce: null,
  hostCallNumber: null,
  hostAnswer: null,
  tidMayBeBlocked: 0,
  afterRelease: null,
})

const forced = (s: Situation): Situation => {
  const move = destructive(s, { on: 'forced' })
  return move.move === 'to' ? { ...s, ...move.set } : s
}

const proof = (partial: boolean) => ({ on: 'proof', matches: true, partial }) as const

it('what never left is known to have done nothing', () => {
  const queued = { ...running(null, 0), state: 'queued' } as const
  expect(forced(queued)).toMatchObject({ state: 'superseded', open: 0, outcomeUnknown: 0 })
  expect(destructive(forced(queued), proof(false))).toMatchObject({ move: 'refuse' })
})

it.each([null, 'preparing', 'aborting', 'proceed_unknown', 'erasing'] as const)(
  'in %s it ends with its outcome unknown, and a proof that comes late still counts',
  (phase) => {
    const ended = forced(running(phase))
    expect(ended).toMatchObject({ state: 'superseded', phase: null, open: 0, outcomeUnknown: 1 })
    const late = destructive(ended, proof(false))
    expect(late).toMatchObject({ set: { state: 'done', outcomeUnknown: 0 }, effect: 'apply' })
    expect(destructive(ended, proof(true))).toMatchObject({ event: 'erased_partially' })
    expect(destructive(ended, { on: 'claim' }).move).toBe('stay')
  },
)

it.each(['ready', 'tid_blocking', 'proceed_sent', 'tid_unblocking'] as const)(
  'in %s an answer is on its way: it is not given up',
  (phase) => {
    expect(destructive(running(phase), { on: 'forced' })).toMatchObject({ code: 'ILLEGAL_STATE' })
  },
)
