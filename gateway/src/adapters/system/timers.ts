/**
 * The machine's timers. A delay is at least what was asked for, never less: Node fires at once when a
 * delay does not fit into 31 bits, so a longer one is slept through in parts.
 */
import type { DurationMs, TimerHandle, Timers } from '../../core/ports/system.js'

const delayMsMax = 2 ** 31 - 1

const after = (delayMs: DurationMs, action: () => void): TimerHandle => {
  if (!(delayMs >= 0)) throw new RangeError('after: a delay is a number from 0')
  return delayMs > delayMsMax ? afterLong(delayMs, action) : afterShort(delayMs, action)
}

/** Thousands of sessions have one: nothing is kept of it but Node's own. */
const afterShort = (delayMs: DurationMs, action: () => void): TimerHandle => {
  const timer = setTimeout(action, Math.ceil(delayMs))
  return { cancel: () => clearTimeout(timer) }
}

const afterLong = (delayMs: DurationMs, action: () => void): TimerHandle => {
  let left = Math.ceil(delayMs)
  let timer: NodeJS.Timeout
  const sleep = (): void => {
    const part = Math.min(left, delayMsMax)
    left -= part
    timer = setTimeout(left === 0 ? action : sleep, part)
  }
  sleep()
  return { cancel: () => clearTimeout(timer) }
}

export const systemTimers: Timers = { after }
