/** Draws in the forms that faults need; all from streams of the schedule's seed. */
import type { Prng } from '@tillgate/device-sim'

import type { Span } from '../swarm.js'

export const within = (prng: Prng, { minMs, maxMs }: Span): number =>
  maxMs <= minMs ? minMs : minMs + (maxMs - minMs) * prng.float()

const minuteMs = 60_000

/** Until the next event of a Poisson process; infinite where the rate is none. */
export const untilNext = (prng: Prng, perMinute: number): number =>
  perMinute <= 0 ? Number.POSITIVE_INFINITY : (-Math.log(1 - prng.float()) / perMinute) * minuteMs
