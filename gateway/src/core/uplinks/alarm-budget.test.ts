import { expect, it } from 'vitest'

import { coreLimits } from '../limits.js'
import { createAlarmBudget } from './alarm-budget.js'

it('ends for one terminal and not for another, and starts anew with the next minute', () => {
  let now = 0
  const budget = createAlarmBudget({ now: () => now, monotonic: () => now })
  for (let i = 0; i < coreLimits.alarmsPerMinuteMax; i++) expect(budget.take(1)).toBe(true)
  expect(budget.take(1)).toBe(false)
  expect(budget.take(2)).toBe(true)
  now = 60_000
  expect(budget.take(1)).toBe(true)
})
