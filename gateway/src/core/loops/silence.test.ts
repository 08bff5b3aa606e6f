import { expect, test } from 'vitest'

import { createSilence } from './silence.js'

test('a silence lasts from the first answer that did not come, in whole milliseconds', () => {
  let nowMs = 1_000.25
  const silence = createSilence({ now: () => 0, monotonic: () => nowMs })
  expect(silence.heard(false)).toBe(0)
  nowMs = 61_000.75
  expect(silence.heard(false)).toBe(60_000)
})

test('an answer ends it', () => {
  let nowMs = 0.5
  const silence = createSilence({ now: () => 0, monotonic: () => nowMs })
  silence.heard(false)
  nowMs = 500
  expect(silence.heard(true)).toBe(0)
  nowMs = 700
  expect(silence.heard(false)).toBe(0)
})
