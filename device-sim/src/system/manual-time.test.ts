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

it('goes from action to action, past what was cancelled, and stops before its bound', () => {
  const time = createManualTime(0)
  const ran: number[] = []
  const delays = [50, 10, 40, 20, 30, 20]
  const timers = delays.map((ms, i) => time.after(ms, () => ran.push(i)))
  timers[4]?.cancel()
  expect(time.pending()).toBe(5)
  while (time.next(40));
  expect(ran).toEqual([1, 3, 5, 2])
  expect(time.monotonic()).toBe(40)
  expect(time.next()).toBe(true)
  expect(time.next()).toBe(false)
  expect(time.pending()).toBe(0)
})
