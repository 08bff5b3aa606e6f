/**
 * Which bad luck exists in a schedule, and how much of it: drawn from the seed before anything runs
 * (swarm testing: a world with every fault at once hides what a world with two of them shows). Data
 * only; `world/` makes it happen. Rates are per message, per sync or per operation; `…PerMinute` are
 * means of a Poisson process.
 */
import type { Prng } from '@tillgate/device-sim'

import { terminalsMin } from './size.js'

export interface Span {
  readonly minMs: number
  readonly maxMs: number
}

export interface Faults {
  readonly network: {
    readonly delay: Span
    /** A broker took it, and lost it. */
    readonly loss: number
    /** The line breaks in the moment of a PUBACK: the effect is there, the acknowledgement is not. */
    readonly ackLost: number
    readonly duplicate: number
    /** Of duplicates and late ones: how much later. */
    readonly late: number
    readonly reorders: boolean
    readonly disconnectsPerMinute: number
    /** How long either end takes to notice that the other is gone. */
    readonly notice: Span
  }
  readonly terminals: {
    readonly rebootsPerMinute: number
    /** Power goes at a sync: before it, or between it and what follows. */
    readonly rebootAtSync: number
    /** Within two seconds of Ready, or of an erasure's beginning, power goes, or the line, or room. */
    readonly troubleSoon: number
    readonly off: Span
    readonly wrongClocks: boolean
    /** No room for a journal entry and its proof, for a while. */
    readonly flashFullPerMinute: number
    readonly full: Span
  }
  readonly gateway: {
    readonly crashesPerMinute: number
    readonly down: Span
    readonly wallClockJumps: boolean
  }
  readonly records: {
    readonly disk: Span
    readonly reads: Span
    /** Unavailable, the operation not run; and run, but its answer lost. */
    readonly refused: number
    readonly answerLost: number
  }
  readonly signer: { readonly delay: Span; readonly fails: number }
  readonly verifier: { readonly delay: Span }
  readonly host: {
    readonly delay: Span
    readonly unavailable: number
    /** It has done what was asked, and nobody hears of it. */
    readonly answerLost: number
    /** It does what was asked long after it was given up. */
    readonly late: number
    readonly refused: number
  }
  readonly till: { readonly unreachable: number; readonly answerLost: number }
}

export interface Workload {
  readonly terminals: number
  /** Of them: those with a merchant, which are bound and mostly unbound; the others get harmless orders. */
  readonly served: number
  readonly lastsMs: number
  readonly ordersPerTerminal: number
  readonly cancels: number
  /** Of unbinds: those that somebody follows, and decides against at some stage of them. */
  readonly doubts: number
  readonly salesPerMinute: number
  readonly offlineSales: number
  /** Terminals send them only with a settlement. */
  readonly keepsOffline: boolean
  readonly settleTimeoutS: number
  readonly shortLifetimes: number
}

export interface Swarm {
  readonly faults: Faults
  readonly workload: Workload
}

const none: Span = { minMs: 0, maxMs: 0 }

/** What is left once the faults have stopped: a network that takes its time, and nothing else. */
export const calm: Faults = {
  network: {
    delay: { minMs: 5, maxMs: 20 },
    loss: 0,
    ackLost: 0,
    duplicate: 0,
    late: 0,
    reorders: false,
    disconnectsPerMinute: 0,
    notice: { minMs: 10, maxMs: 10 },
  },
  terminals: {
    rebootsPerMinute: 0,
    rebootAtSync: 0,
    troubleSoon: 0,
    off: { minMs: 100, maxMs: 100 },
    wrongClocks: false,
    flashFullPerMinute: 0,
    full: none,
  },
  gateway: { crashesPerMinute: 0, down: { minMs: 100, maxMs: 100 }, wallClockJumps: false },
  records: { disk: { minMs: 1, maxMs: 1 }, reads: none, refused: 0, answerLost: 0 },
  signer: { delay: none, fails: 0 },
  verifier: { delay: none },
  host: {
    delay: { minMs: 5, maxMs: 20 },
    unavailable: 0,
    answerLost: 0,
    late: 0,
    refused: 0,
  },
  till: { unreachable: 0, answerLost: 0 },
}

/** Most faults are not there at all; the others span more than an order of magnitude. */
const rate = (prng: Prng, max: number): number =>
  prng.chance(0.6) ? 0 : max * 10 ** (-1.3 * prng.float())

const span = (prng: Prng, maxMs: number): Span => {
  if (prng.chance(0.5)) return none
  const top = maxMs * 10 ** (-2 * prng.float())
  return { minMs: top * prng.float(), maxMs: top }
}

const atLeast = (from: Span, ms: number): Span => ({
  minMs: from.minMs + ms,
  maxMs: from.maxMs + ms,
})

const drawFaults = (prng: Prng): Faults => ({
  network: {
    delay: atLeast(span(prng, 4_000), 2),
    loss: rate(prng, 0.3),
    ackLost: rate(prng, 0.1),
    duplicate: rate(prng, 0.4),
    late: rate(prng, 0.5),
    reorders: prng.chance(0.5),
    disconnectsPerMinute: rate(prng, 30),
    notice: atLeast(span(prng, 20_000), 5),
  },
  terminals: {
    rebootsPerMinute: rate(prng, 24),
    rebootAtSync: rate(prng, 0.1),
    troubleSoon: rate(prng, 1),
    off: atLeast(span(prng, 8_000), 50),
    wrongClocks: prng.chance(0.3),
    flashFullPerMinute: rate(prng, 20),
    full: atLeast(span(prng, 4_000), 100),
  },
  gateway: {
    crashesPerMinute: rate(prng, 24),
    down: atLeast(span(prng, 6_000), 20),
    wallClockJumps: prng.chance(0.1),
  },
  records: {
    disk: atLeast(span(prng, 1_000), 1),
    reads: span(prng, 200),
    refused: rate(prng, 0.05),
    answerLost: rate(prng, 0.05),
  },
  signer: { delay: span(prng, 500), fails: rate(prng, 0.05) },
  verifier: { delay: span(prng, 200) },
  host: {
    delay: atLeast(span(prng, 4_000), 5),
    unavailable: rate(prng, 0.5),
    answerLost: rate(prng, 0.5),
    late: rate(prng, 0.3),
    refused: rate(prng, 0.1),
  },
  till: { unreachable: rate(prng, 0.3), answerLost: rate(prng, 0.3) },
})

const drawWorkload = (prng: Prng): Workload => ({
  terminals: prng.chance(0.1) ? terminalsMin + 1 : terminalsMin,
  served: prng.pick([1, 1, 2, 2, 3]),
  lastsMs: prng.between(2_500, 6_000),
  ordersPerTerminal: 2,
  cancels: rate(prng, 0.8),
  doubts: prng.chance(0.5) ? 0 : prng.float(),
  salesPerMinute: rate(prng, 40),
  offlineSales: prng.chance(0.5) ? 0 : prng.float(),
  keepsOffline: prng.chance(0.5),
  settleTimeoutS: prng.pick([3, 10, 60]),
  shortLifetimes: rate(prng, 0.6),
})

export const drawSwarm = (prng: Prng): Swarm => ({
  faults: drawFaults(prng),
  workload: drawWorkload(prng),
})
