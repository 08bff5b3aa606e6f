import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openStage, type Stage } from './stage.js'
import type { Till } from './till.js'

let stage: Stage

beforeAll(async () => {
  // The terminal's own lease ends well before the gateway would give it up.
  stage = await openStage({ timing: { leaseMarginMs: -1_500 } })
}, 60_000)

afterAll(() => stage.end(), 60_000)

/** Short, and a whole number of seconds: that is how Ready names it. */
const timings = { leaseMs: 1_000 }

const position = (story: readonly string[], what: string, nth = 1): number => {
  let at = -1
  for (let i = 0; i < nth; i++) at = story.indexOf(what, at + 1)
  expect(at, `${what} in ${story.join(', ')}`).toBeGreaterThanOrEqual(0)
  return at
}

/** The second attempt waits at the door until the merchant has sold. */
const holdNextAttempt = (till: Till): (() => void) => {
  let held = true
  till.line.losesDown = ({ kind }) => held && kind === 'command' && till.noted('released') > 0
  return () => {
    held = false
  }
}

/** From a call to the host that nobody has answered yet to the proof of the second attempt. */
const releasedAndRetried = async (till: Till, answersAgain: () => void): Promise<void> => {
  const letItIn = holdNextAttempt(till)
  const uuid = await till.unbind()
  const blocking = await stage.until(uuid, 'tid_blocking')
  await till.until('Released', () => till.noted('released', 'LEASE_OVER') === 1)
  answersAgain()
  await stage.untilHappened(uuid, 'requeued')

  expect(till.atHost()).toMatchObject({ state: 'open', callNumber: 2 })
  expect(till.keysHeld()).toContain('MAK')
  await till.until('a sign-on', () => till.flash.durable().cells.batchHead?.open === true)
  await till.sellAll(2)

  letItIn()
  const { command, proofs } = await stage.until(uuid, 'done')

  expect(proofs).toHaveLength(1)
  expect(command.attempts).toBeGreaterThan(1)
  const story = await stage.happened(uuid)
  const opened = position(story, 'requeued')
  expect(position(story, 'tid_unblocking')).toBeLessThan(opened)
  expect(position(story, 'published_again')).toBeGreaterThan(opened)
  expect(story.filter((one) => one === 'proceed_sent')).toHaveLength(1)
  expect(till.atHost().calls.map(({ verb, callNumber }) => [verb, callNumber])).toEqual([
    ['block', 1],
    ['unblock', 2],
    ['block', 3],
  ])
  expect(till.atHost()).toMatchObject({ state: 'blocked' })
  expect(till.keysHeld()).toEqual([])
  const [first, second] = till.line.sent('proceed')
  expect(second).toBeUndefined()
  expect(first?.message.readyNonce).toEqual(command.readyNonce)
  expect(command.readyNonce).not.toEqual(blocking.command.readyNonce)
}

describe('a lease that runs out', () => {
  it('is released by the terminal while the host’s answers are lost; the TID opens before the next try', async () => {
    const till = await stage.till({ timings })
    await till.sellAll(2)
    const { plan } = stage.host.faults.api
    stage.whenOrdering(() => void (plan.loseAnswerRate = 1))
    await releasedAndRetried(till, () => {
      plan.loseAnswerRate = 0
    })
  })

  it('is released on MQTT 3.1.1 over WebSocket while the host takes its time to answer', async () => {
    const till = await stage.till({ timings, over: 'wss', version: 4 })
    await till.sellAll(1)
    const { plan } = stage.host.faults.api
    stage.whenOrdering(() => void (plan.answerDelayMs = 1_800))
    await releasedAndRetried(till, () => {
      plan.answerDelayMs = 0
    })
  })
})
