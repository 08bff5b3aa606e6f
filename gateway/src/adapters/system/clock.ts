/**
 * The machine's time. With `timers.ts` beside it this is the only place of the gateway that asks for
 * it; everybody else is handed a `Clock` and can be run under a virtual one.
 */
import { performance } from 'node:perf_hooks'
import type { Clock } from '../../core/ports/system.js'

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}
