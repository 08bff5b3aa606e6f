import { expect, it } from 'vitest'

import { coreLimits } from '../limits.js'
import { createAlarmBudget, createHelloBudget } from './alarm-budget.js'

it('ends for one terminal and not for another, and starts anew with the next minute', () => {
  let now = 0
  const budget = createAlarmBudget({ now: () => now, monotonic: () => now })
  for (let i = 0; i < coreLimits.alarmsPerMinuteMax; i++) expect(budget.take(1)).toBe(true)
  expect(budget.take(1)).toBe(false)
  expect(budget.take(2)).toBe(true)
  now = 60_000
  expect(budget.take(1)).toBe(true)
})

it('opens so many sessions of one terminal in a minute, and takes none for asking', () => {
  let now = 0
  const budget = createHelloBudget({ now: () => now, monotonic: () => now })
  for (let hello = 1; hello <= 240; hello += 1) {
    expect(budget.isSpent(1)).toBe(false)
    expect(budget.take(1)).toBe(true)
  }
  expect([budget.isSpent(1), budget.take(1), budget.isSpent(2)]).toEqual([true, false, false])
  now = 60_000
  expect(budget.isSpent(1)).toBe(false)
})
