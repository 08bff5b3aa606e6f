import { afterAll, beforeAll, expect, it } from 'vitest'

import { openStage, type Stage } from './stage.js'
import type { Till } from './till.js'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 60_000)

afterAll(() => stage.end(), 60_000)

const loseFirstProceed = (till: Till): void => {
  till.line.losesDown = ({ kind }) => kind === 'proceed' && till.line.sent('proceed').length === 0
}

const assertUnboundOnce = async (till: Till, uuid: Uint8Array): Promise<void> => {
  const { command, proofs } = await stage.show(uuid)
  expect(command).toMatchObject({ state: 'done', open: 0, outcomeUnknown: 0 })
  expect(proofs).toHaveLength(1)
  const story = await stage.happened(uuid)
  expect(story.filter((one) => one === 'attested')).toHaveLength(1)
  expect(till.noted('erasing')).toBe(1)
  expect(till.keysHeld()).toEqual([])
  expect(till.atHost().state).toBe('blocked')
}

it.each([
  { over: 'tls', version: 5 },
  { over: 'wss', version: 4 },
] as const)('is asked after, and the same Proceed sent again (%o)', async (way) => {
  const till = await stage.till(way)
  await till.sellAll(2)
  loseFirstProceed(till)
  const uuid = await till.unbind()
  await stage.until(uuid, 'done')

  await assertUnboundOnce(till, uuid)
  const story = await stage.happened(uuid)
  const unknown = story.indexOf('proceed_unknown')
  expect(unknown).toBeGreaterThan(story.indexOf('proceed_sent'))
  expect(story.indexOf('still_prepared')).toBeGreaterThan(unknown)
  // It never assumed: one commit, one body, and a Query between the first sending and the second.
  expect(story.filter((one) => one === 'proceed_sent')).toHaveLength(1)
  const [first, second] = till.line.sent('proceed')
  expect(first?.lost).toBe(true)
  expect(second?.body).toEqual(first?.body)
  const between = till.line.down.slice(till.line.down.findIndex(({ lost }) => lost) + 1)
  expect(between[0]?.kind).toBe('query')
})

it('finds a terminal that was switched off meanwhile: released, its TID opened, and tried anew', async () => {
  const till = await stage.till()
  await till.sellAll(1)
  loseFirstProceed(till)
  const uuid = await till.unbind()
  await till.until('a lost Proceed', () => till.line.sent('proceed').length === 1)
  const { command: before } = await stage.show(uuid)
  till.terminal.reboot(100)
  await stage.untilHappened(uuid, 'requeued')
  expect(till.noted('released', 'REBOOTED')).toBe(1)
  const { command: after } = await stage.until(uuid, 'done')

  await assertUnboundOnce(till, uuid)
  expect(after.readyNonce).not.toEqual(before.readyNonce)
  const story = await stage.happened(uuid)
  expect(story.indexOf('tid_unblocking')).toBeLessThan(story.indexOf('requeued'))
  expect(story.indexOf('requeued')).toBeLessThan(story.indexOf('published_again'))
  expect(till.atHost().calls.map(({ verb }) => verb)).toEqual(['block', 'unblock', 'block'])
  // Said again to the rebooted terminal, the first is answered with Released; the last is another.
  const nonces = till.line.sent('proceed').map(({ message }) => message.readyNonce)
  expect(nonces.at(-1)).toEqual(after.readyNonce)
  for (const nonce of nonces.slice(0, -1)) expect(nonce).toEqual(before.readyNonce)
  expect(story.filter((one) => one === 'proceed_sent')).toHaveLength(2)
})
