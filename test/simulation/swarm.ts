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
    /** Several nodes: no hint between them, for a while. */
    readonly lossesOfSightPerMinute: number
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
    /** TIDs for which it tells of something open: a pre-authorisation, a refund, a dispute. */
    readonly obstacles: number
  }
  readonly registry: {
    readonly delay: Span
    readonly unavailable: number
    readonly answerLost: number
    /** It does what was asked long after it was given up. */
    readonly late: number
    /** The same call arrives once more, much later. */
    readonly repeated: number
    readonly refused: number
  }
  readonly till: { readonly unreachable: number; readonly answerLost: number }
  readonly broker: Mischief
}

/** What a broker does to the messages that pass it: how likely each is for one of them. */
export interface Mischief {
  readonly drop: number
  readonly repeat: number
  /** Held back, so that others pass it: for a moment, or for longer than sessions last. */
  readonly withhold: number
  /** Of what is repeated or held back: how much comes much later. */
  readonly muchLater: number
  /** Something that passed long ago passes again beside it. */
  readonly replay: number
  /** Something made up: bits turned, parts of two messages, other keys' signatures, its own words. */
  readonly forge: number
  /** The same message on another's topic. */
  readonly swap: number
  /** The will of a terminal that is there. */
  readonly falseWill: number
  /** A PUBACK is held back. */
  readonly withholdAck: number
  readonly restartsPerMinute: number
  /** Of restarts: those that forget sessions, and all that waited in them. */
  readonly forgets: number
}

/** Somebody else's broker between terminals and nodes. */
export interface BrokerSwarm {
  readonly nodes: 1 | 2
  /** Of each node. */
  readonly subscribers: number
  /** How long it keeps a session for whom it belongs to. */
  readonly sessionExpiryMs: number
  /** What waited in a session that is over goes to others; else it is lost. */
  readonly dealsAgain: boolean
  /** It says again all that it has ever heard, so long after all has come to rest. Undefined: it does not. */
  readonly saysAgainAfterMs: number | undefined
}

export interface Workload {
  readonly terminals: number
  /** Of them: those with a merchant, which are bound and mostly unbound; the others get harmless orders. */
  readonly served: number
  readonly lastsMs: number
  readonly ordersPerTerminal: number
  /** Of a served terminal's orders behind its Bind: those that are an unbind. */
  readonly unbinds: number
  /** They come within this part of the time that is left behind the Bind. */
  readonly unbindsWithin: number
  /** Before a terminal that is still bound is given to the next merchant once more. */
  readonly bindAgainMs: number
  readonly cancels: number
  /** Of unbinds: those that somebody follows, and decides against at some stage of them. */
  readonly doubts: number
  readonly salesPerMinute: number
  readonly offlineSales: number
  /** Terminals send them only with a settlement. */
  readonly keepsOffline: boolean
  readonly settleTimeoutS: number
  readonly shortLifetimes: number
  readonly cases: CaseWork
}

/** What people and merchants do to the unbind cases of a schedule. */
export interface CaseWork {
  /** Of prepares: those in which the merchant presses *later*. */
  readonly laters: number
  /** How many persons must approve, however few the terminals are. */
  readonly approvers: 1 | 2
  /** Of requests: those that name all terminals that have a merchant. */
  readonly lists: number
  /** Of requests: refused by a voter; taken back by their maker; with a short time to live. */
  readonly noes: number
  readonly withdrawals: number
  readonly lapses: number
  /** Of votes: cast by the maker himself, or by somebody who has voted. */
  readonly wrongVotes: number
  /** Of cases: those that somebody wants closed by force at some stage of them. */
  readonly forces: number
  /** Of postponed cases: those that are waited for, hours as they may be. */
  readonly patience: number
}

export interface Swarm {
  readonly faults: Faults
  readonly workload: Workload
  /** Undefined: our own listener. */
  readonly broker: BrokerSwarm | undefined
}

const none: Span = { minMs: 0, maxMs: 0 }

const honest: Mischief = {
  drop: 0,
  repeat: 0,
  withhold: 0,
  muchLater: 0,
  replay: 0,
  forge: 0,
  swap: 0,
  falseWill: 0,
  withholdAck: 0,
  restartsPerMinute: 0,
  forgets: 0,
}

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
  gateway: {
    crashesPerMinute: 0,
    down: { minMs: 100, maxMs: 100 },
    wallClockJumps: false,
    lossesOfSightPerMinute: 0,
  },
  records: { disk: { minMs: 1, maxMs: 1 }, reads: none, refused: 0, answerLost: 0 },
  signer: { delay: none, fails: 0 },
  verifier: { delay: none },
  host: {
    delay: { minMs: 5, maxMs: 20 },
    unavailable: 0,
    answerLost: 0,
    late: 0,
    refused: 0,
    obstacles: 0,
  },
  registry: {
    delay: { minMs: 5, maxMs: 20 },
    unavailable: 0,
    answerLost: 0,
    late: 0,
    repeated: 0,
    refused: 0,
  },
  till: { unreachable: 0, answerLost: 0 },
  broker: honest,
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
    lossesOfSightPerMinute: 0,
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
    obstacles: rate(prng, 0.5),
  },
  registry: {
    delay: atLeast(span(prng, 4_000), 5),
    unavailable: rate(prng, 0.5),
    answerLost: rate(prng, 0.5),
    late: rate(prng, 0.3),
    repeated: rate(prng, 0.3),
    refused: rate(prng, 0.3),
  },
  till: { unreachable: rate(prng, 0.3), answerLost: rate(prng, 0.3) },
  broker: honest,
})

const drawCaseWork = (prng: Prng): CaseWork => ({
  laters: rate(prng, 0.7),
  approvers: prng.chance(0.25) ? 2 : 1,
  lists: rate(prng, 0.8),
  noes: rate(prng, 0.3),
  withdrawals: rate(prng, 0.3),
  lapses: rate(prng, 0.5),
  wrongVotes: rate(prng, 0.5),
  forces: prng.chance(0.7) ? 0 : prng.float(),
  patience: prng.chance(0.99) ? 0 : 1,
})

const drawWorkload = (prng: Prng): Workload => ({
  terminals: prng.chance(0.1) ? terminalsMin + 1 : terminalsMin,
  served: prng.pick([1, 1, 2, 2, 3]),
  lastsMs: prng.between(4_000, 8_000),
  ordersPerTerminal: 2,
  unbinds: 0.75,
  // Early enough that what follows from it still meets with bad luck.
  unbindsWithin: 0.25,
  bindAgainMs: 2_500,
  cancels: rate(prng, 0.8),
  doubts: prng.chance(0.5) ? 0 : prng.float(),
  salesPerMinute: rate(prng, 40),
  offlineSales: prng.chance(0.5) ? 0 : prng.float(),
  keepsOffline: prng.chance(0.5),
  settleTimeoutS: prng.pick([3, 10, 60]),
  shortLifetimes: rate(prng, 0.6),
  cases: drawCaseWork(prng),
})

const drawMischief = (prng: Prng): Mischief => ({
  drop: rate(prng, 0.2),
  repeat: rate(prng, 0.5),
  withhold: rate(prng, 0.3),
  muchLater: rate(prng, 0.5),
  replay: rate(prng, 0.5),
  forge: rate(prng, 0.7),
  swap: rate(prng, 0.7),
  falseWill: rate(prng, 0.1),
  withholdAck: rate(prng, 0.1),
  restartsPerMinute: rate(prng, 20),
  forgets: prng.float(),
})

const drawBroker = (prng: Prng): BrokerSwarm => ({
  nodes: prng.chance(0.5) ? 2 : 1,
  subscribers: prng.between(1, 3),
  sessionExpiryMs: prng.pick([500, 5_000, 30_000]),
  dealsAgain: prng.chance(0.5),
  saysAgainAfterMs: prng.chance(0.88) ? undefined : 10 ** (3 + 3.9 * prng.float() ** 2),
})

const brokersOfWorlds = 0.25

const behindBroker = (prng: Prng, faults: Faults): Faults => ({
  ...faults,
  gateway: { ...faults.gateway, lossesOfSightPerMinute: rate(prng, 20) },
  broker: drawMischief(prng),
})

export const drawSwarm = (prng: Prng): Swarm => {
  const faults = drawFaults(prng)
  const workload = drawWorkload(prng)
  if (!prng.chance(brokersOfWorlds)) return { faults, workload, broker: undefined }
  return { faults: behindBroker(prng, faults), workload, broker: drawBroker(prng) }
}
