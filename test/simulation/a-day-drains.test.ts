// A day of unbind cases under bad luck: when night comes every case has ended. 330 of them in the long run.
import { expect, test } from 'vitest'

import { isLong } from '../faults/toll.js'
import { drawDay, playDay } from './day.js'

const seed = Number(process.env['TILLGATE_SEED'] ?? 1)
const cases = isLong ? 330 : 12

test(`a day of ${String(cases)} cases from seed ${String(seed)} drains, and no rule is broken`, async () => {
  const { outcome, ends, open, isDrained } = await playDay(seed, cases)
  expect(outcome.violations).toEqual([])
  expect(outcome.terminals).toBe(cases)
  expect(outcome.cases.length).toBeGreaterThanOrEqual(cases)
  expect(open).toBe(0)
  expect(isDrained).toBe(true)
  // Most of them end well, whatever befalls them.
  expect(ends.get('CLOSED') ?? 0).toBeGreaterThan(cases / 2)
  expect(outcome.tookMs).toBeGreaterThanOrEqual(24 * 3_600_000)
}, 900_000)

test('its bad luck is what the seed draws for a schedule, stretched over the day', () => {
  const { faults, workload } = drawDay('7', 330)
  expect(workload).toMatchObject({ terminals: 330, served: 330, unbinds: 1 })
  expect(faults.gateway.wallClockJumps).toBe(false)
  expect(faults.network.disconnectsPerMinute).toBeLessThanOrEqual(30 / 240)
})
