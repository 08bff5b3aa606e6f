// When it is tried again after a failure.
import { expect, test } from 'vitest'
import type { TimerHandle } from '../../core/ports/system.js'
import { recordsLimits } from './limits.js'
import { Recovery } from './recovery.js'

interface Waiting {
  readonly delayMs: number
  readonly action: () => void
}

/** Timers that go off when the test says so. */
const handTimers = () => {
  const waiting: Waiting[] = []
  const after = (delayMs: number, action: () => void): TimerHandle => {
    const timer = { delayMs, action }
    waiting.push(timer)
    return { cancel: () => void waiting.splice(waiting.indexOf(timer), 1) }
  }
  const fire = (): number => {
    const timer = waiting.shift()
    timer?.action()
    return timer?.delayMs ?? -1
  }
  return { timers: { after }, waiting, fire }
}

test('attempts come ever more seldom, up to a bound, and soon again after a success', () => {
  const { timers, fire } = handTimers()
  let attempts = 0
  const recovery = new Recovery(timers, () => {
    attempts += 1
    recovery.failed()
  })
  recovery.failed()
  const delays = Array.from({ length: 10 }, fire)
  expect(delays.slice(0, 3)).toEqual([250, 500, 1_000])
  expect(delays.at(-1)).toBe(recordsLimits.recoverDelayMsMax)
  expect(attempts).toBe(10)
  recovery.works()
  fire()
  expect(fire()).toBe(recordsLimits.recoverDelayMs)
})

test('one attempt is on its way at a time, and none after the end', () => {
  const { timers, waiting } = handTimers()
  const recovery = new Recovery(timers, () => expect.fail('it was ended'))
  recovery.failed()
  recovery.failed()
  expect(waiting).toHaveLength(1)
  recovery.stop()
  expect(waiting).toEqual([])
})
