import { expect, it, vi } from 'vitest'

import { newLane } from '../lanes/lane.js'
import type { Step } from '../lanes/plan-lane.js'
import type { GreetedSession, LaneSteps, Outgoing } from '../loops/lane-steps.js'
import { patientSteps } from './patient-steps.js'

const command = { id: 1, state: 'published' }
const step = (what: Step['do'], over: object = {}): Step =>
  ({ do: what, command: { ...command, ...over } }) as Step

const bench = (brokered = true) => {
  const own = { take: vi.fn(), send: vi.fn(), nextSeq: vi.fn() }
  const row = { fence: 6, assetEpoch: 2, bindingEpoch: 9 }
  const read = vi.fn(() => Promise.resolve(row))
  const lane = newLane({
    terminalId: 3,
    fence: 6,
    seqFirst: 1,
    seqLast: 9,
    assetEpoch: 1,
    bindingEpoch: 1,
  })
  const close = vi.fn()
  const session = { brokered, greeting: { lane }, link: { close } } as unknown as GreetedSession
  const steps = patientSteps(own as unknown as LaneSteps, { read } as never)
  const sentTimes = (tries: number, kind: 'command' | 'query' = 'command'): void =>
    void lane.sent.set(1, { kind, at: 0, tries, seq: 1 })
  return { own, row, read, lane, close, session, steps, sentTimes }
}

it('gives up a session whose published command went out four times without a word', async () => {
  const { own, close, session, steps, sentTimes } = bench()
  sentTimes(3)
  await steps.take(session, step('resend'))
  expect(own.take).toHaveBeenCalledTimes(1)
  sentTimes(4)
  for (const what of ['resend', 'claim'] as const) await steps.take(session, step(what))
  expect(own.take).toHaveBeenCalledTimes(1)
  expect(close).toHaveBeenCalledWith('keep-alive')
})

it('goes on asking a terminal that has the command, however often', async () => {
  const { own, close, session, steps, sentTimes } = bench()
  sentTimes(40, 'query')
  await steps.take(session, step('query', { state: 'accepted' }))
  sentTimes(4)
  await steps.take(session, step('claim', { state: 'queued' }))
  expect(own.take).toHaveBeenCalledTimes(2)
  expect(close).not.toHaveBeenCalled()
})

it('claims under the epochs of the row, where the lane is still its own', async () => {
  const { row, lane, session, steps } = bench()
  await steps.take(session, step('claim'))
  expect([lane.assetEpoch, lane.bindingEpoch]).toEqual([2, 9])
  Object.assign(row, { fence: 7, bindingEpoch: 10 })
  await steps.take(session, step('claim'))
  expect(lane.bindingEpoch).toBe(9)
})

it('changes nothing for a terminal on a connection of ours', async () => {
  const { own, read, close, session, steps, sentTimes } = bench(false)
  sentTimes(9)
  await steps.take(session, step('claim'))
  await steps.send(session, {} as Outgoing)
  expect([own.take.mock.calls.length, own.send.mock.calls.length]).toEqual([1, 1])
  expect(read).not.toHaveBeenCalled()
  expect(close).not.toHaveBeenCalled()
})
