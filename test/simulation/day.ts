/**
 * A day of a terminal operations desk: so many terminals of one world are bound in the morning, sell, and each
 * is to leave its merchant before night, while lines break, power fails, nodes die, and host and registry do
 * what hosts and registries do. The bad luck is what a seed draws for a schedule of seconds, stretched over a
 * day. Then all must drain: every case ends, and every rule has held.
 */
import { createPrng } from '@tillgate/device-sim'

import { checkers } from './checkers/catalogue.js'
import { Simulator, type Outcome } from './schedule.js'
import { drawSwarm, type Swarm } from './swarm.js'

const dayMs = 24 * 3_600_000
/** What comes by itself comes so much more seldom than in a schedule of a few seconds. */
const stretch = 240
const salesPerMinute = 0.05

/** Of a seed; whatever the seed draws, nothing of it is left out. */
export const drawDay = (seed: string, cases: number): Swarm => {
  const { faults, workload, broker } = drawSwarm(createPrng(`${seed}/swarm`))
  const { network, terminals, gateway, broker: mischief } = faults
  return {
    faults: {
      ...faults,
      network: { ...network, disconnectsPerMinute: network.disconnectsPerMinute / stretch },
      terminals: {
        ...terminals,
        rebootsPerMinute: terminals.rebootsPerMinute / stretch,
        flashFullPerMinute: terminals.flashFullPerMinute / stretch,
      },
      gateway: {
        ...gateway,
        crashesPerMinute: gateway.crashesPerMinute / stretch,
        lossesOfSightPerMinute: gateway.lossesOfSightPerMinute / stretch,
        // It jumps by minutes, several times a minute: for a day that is no clock.
        wallClockJumps: false,
      },
      broker: { ...mischief, restartsPerMinute: mischief.restartsPerMinute / stretch },
    },
    workload: {
      ...workload,
      terminals: cases,
      served: cases,
      lastsMs: dayMs,
      ordersPerTerminal: 2,
      unbinds: 1,
      unbindsWithin: 0.9,
      bindAgainMs: 20 * 60_000,
      salesPerMinute,
      // A merchant who presses later is waited for; hours are there.
      cases: { ...workload.cases, patience: 1 },
    },
    broker: broker && { ...broker, saysAgainAfterMs: undefined },
  }
}

export interface Day {
  readonly outcome: Outcome
  /** How many cases ended in which state. */
  readonly ends: ReadonlyMap<string, number>
  readonly open: number
  /** Each terminal had its case, none is open, and no rule was broken. */
  readonly isDrained: boolean
}

const ended: ReadonlySet<string> = new Set(['CLOSED', 'CLOSED_UNPROVEN', 'CANCELLED', 'REJECTED'])

export const playDay = async (seed: number, cases: number): Promise<Day> => {
  const simulator = new Simulator(checkers, {}, cases)
  const outcome = await simulator.run(String(seed), { swarm: drawDay(String(seed), cases) })
  const ends = new Map<string, number>()
  for (const state of outcome.cases) ends.set(state, (ends.get(state) ?? 0) + 1)
  const open = outcome.cases.filter((state) => !ended.has(state)).length
  const isDrained = open === 0 && outcome.violations.length === 0 && outcome.cases.length >= cases
  return { outcome, ends, open, isDrained }
}
