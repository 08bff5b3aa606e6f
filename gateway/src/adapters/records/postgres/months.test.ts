// How partitions are cut.
import { expect, test } from 'vitest'
import { monthOf, monthOfNumber } from './months.js'

test('a month goes from its first millisecond to the next month’s', () => {
  const month = monthOf(Date.UTC(2026, 10, 23, 12))
  expect(month).toEqual({
    name: '2026_11',
    number: 202_611,
    beginsAtMs: Date.UTC(2026, 10, 1),
    endsAtMs: Date.UTC(2026, 11, 1),
  })
})

test('the months after December are of the next year', () => {
  expect(monthOf(Date.UTC(2026, 11, 31), 2).name).toBe('2027_02')
})

test('a month is found again by its number', () => {
  const month = monthOf(Date.UTC(2030, 0, 5))
  expect(monthOfNumber(month.number)).toEqual(month)
})
