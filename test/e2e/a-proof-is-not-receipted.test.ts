import { afterAll, beforeAll, expect, it } from 'vitest'

import { openStage, type Stage } from './stage.js'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 60_000)

afterAll(() => stage.end(), 60_000)

it.each([
  { over: 'tls', version: 5 },
  { over: 'wss', version: 4 },
] as const)('is said again in the next session, and counted once (%o)', async (way) => {
  const till = await stage.till(way)
  await till.sellAll(1)
  let silent = true
  till.line.losesDown = ({ kind }) => silent && kind === 'receipt' && till.noted('erased') > 0
  const uuid = await till.unbind()
  const first = await stage.untilClosed(uuid)
  await till.until('a lost Receipt', () => till.line.down.some(({ lost }) => lost))

  // PUBACK alone ends nothing; and in the same session it is not said in a loop.
  expect(first.proofs).toHaveLength(1)
  expect(till.proofs()).toMatchObject([{ receipted: false }])
  expect(till.line.said('proof')).toBe(1)

  till.line.cut()
  await till.until('a second proof', () => till.line.said('proof') === 2)
  await till.until('a second Receipt', () => till.line.down.filter(({ lost }) => lost).length >= 2)
  expect(till.proofs()).toMatchObject([{ receipted: false }])

  silent = false
  till.line.cut()
  await till.until('its Receipt', () => till.proofs()[0]?.receipted === true)
  expect(till.line.said('proof')).toBe(3)

  till.line.cut()
  await till.until('another session', () => till.noted('welcomed') === 4)
  expect(till.line.said('proof')).toBe(3)
  const story = await stage.happened(uuid)
  expect(story.filter((one) => one === 'attested')).toHaveLength(1)
  // Not one line more, and the proof that came first.
  expect(await stage.show(uuid)).toEqual(first)
})
