import { expect, it } from 'vitest'
import { createManualTime } from './manual-time.js'

it('runs due actions in the order of their times, also those set on the way', () => {
  const time = createManualTime(1_000)
  const ran: string[] = []
  time.after(30, () => ran.push(`c${String(time.now())}`))
  time.after(10, () => {
    ran.push(`a${String(time.now())}`)
    time.after(5, () => ran.push(`b${String(time.now())}`))
  })
  time.after(20, () => ran.push('never')).cancel()
  time.advance(29)
  expect(ran).toEqual(['a1010', 'b1015'])
  time.advance(1)
  expect(ran).toEqual(['a1010', 'b1015', 'c1030'])
  expect(time.pending()).toBe(0)
})

it('keeps the monotonic clock out of a jump of the wall clock', () => {
  const time = createManualTime(1_000)
  time.advance(500)
  time.setWallClock(0)
  time.advance(1)
  expect(time.now()).toBe(1)
  expect(time.monotonic()).toBe(501)
})
