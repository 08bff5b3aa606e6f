import { expect, it } from 'vitest'
import { ticketDay, ticketDueMs } from './ticket-key.js'

const hour = 3_600_000
const quiet = 19
const atQuietHour = Date.UTC(2026, 5, 1, quiet)

it('a day ends at the quiet hour, not at midnight', () => {
  expect(ticketDay(atQuietHour, quiet)).toBe(ticketDay(atQuietHour - 1, quiet) + 1)
  expect(ticketDay(atQuietHour + 23 * hour, quiet)).toBe(ticketDay(atQuietHour, quiet))
})

it('the next key is due at the next quiet hour, always in the future, at most a day away', () => {
  expect(ticketDueMs(atQuietHour - 1, quiet)).toBe(atQuietHour)
  expect(ticketDueMs(atQuietHour, quiet)).toBe(atQuietHour + 24 * hour)
  for (let hours = 0; hours < 48; hours++) {
    const nowMs = atQuietHour + hours * hour + 1234
    const left = ticketDueMs(nowMs, 0) - nowMs
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThanOrEqual(24 * hour)
  }
})
