/**
 * Which bad luck which terminal has, and what goes wrong at the host: drawn from the seed, by share. The
 * shares are assumptions, higher than in life, so that a short demo meets all of them.
 */
import {
  answersTwice,
  busyInSale,
  dropsFirstResult,
  offlineSalesPending,
  rebootsMidCommand,
  slowLink,
  unsettledBatch,
  type Behaviour,
  type Prng,
  type RunningHost,
} from '@tillgate/device-sim'

interface Fault {
  readonly share: number
  make(chance: Prng): Behaviour
}

const faults: Readonly<Record<string, Fault>> = {
  'busy in a sale': {
    share: 0.2,
    make: (prng) => busyInSale({ prng, saleMs: prng.between(200, 800) }),
  },
  'unsettled batch': {
    share: 0.3,
    make: (prng) => unsettledBatch({ prng, sales: prng.between(1, 5), everyMs: 400 }),
  },
  'offline sales pending': {
    share: 0.25,
    make: (prng) => offlineSalesPending({ prng, sales: prng.between(1, 4), everyMs: 300 }),
  },
  'reboots mid-command': {
    share: 0.2,
    make: (prng) =>
      rebootsMidCommand({
        atStep: prng.between(1, 14),
        edge: prng.pick(['before', 'after']),
        offMs: prng.between(200, 1_500),
      }),
  },
  'drops the first result': { share: 0.1, make: () => dropsFirstResult() },
  'answers twice': { share: 0.15, make: () => answersTwice() },
  'slow link': {
    share: 0.2,
    make: (prng) => slowLink({ prng, oneWayMsMin: 10, oneWayMsMax: 150 }),
  },
}

export const behavioursOf = (chance: Prng): readonly Behaviour[] =>
  Object.entries(faults)
    .filter(([name, { share }]) => chance.fork(`${name}?`).chance(share))
    .map(([name, { make }]) => make(chance.fork(name)))

/** From here on the host loses some of its answers, after their effect. */
export const startHostFaults = ({ faults: { terminals, api } }: RunningHost): void => {
  terminals.plan.loseAnswerRate = 0.02
  api.plan.loseAnswerRate = 0.1
  api.plan.slowRate = 0.1
  api.plan.slowMs = 500
}

export const endHostFaults = ({ faults: { terminals, api } }: RunningHost): void => {
  terminals.plan.loseAnswerRate = 0
  api.plan.loseAnswerRate = 0
  api.plan.slowRate = 0
}
