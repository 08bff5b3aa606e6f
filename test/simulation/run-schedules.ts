/**
 * Schedule after schedule, each from its own seed: the first seed, the one after it, and so on. Says how
 * far it is, prints each violation with the command that replays it, and ends with the figures.
 */
import { createHash } from 'node:crypto'

import type { Progress } from '../demo/progress.js'
import { checkers } from './checkers/catalogue.js'
import { Simulator, type Outcome } from './schedule.js'

export interface RunOptions {
  readonly schedules: number
  readonly seed: number
  readonly history: boolean
  /** Seconds, monotonic. */
  readonly now: () => number
  readonly progress: Pick<Progress, 'at'>
  readonly print: (line: string) => void
}

export interface Totals {
  readonly schedules: number
  readonly violations: number
  readonly perSecond: number
  /** Over the histories of all schedules, in order. */
  readonly historyHash: string
  readonly events: number
  readonly commands: number
  /** The least that a schedule had. */
  readonly eventsMin: number
  readonly commandsMin: number
  readonly terminalsMin: number
  readonly virtualHours: number
}

const replay = (seed: number): string =>
  `npm run simulate -- --schedules 1 --seed ${String(seed)} --history`

const msPerHour = 3_600_000
const progressEveryS = 0.5

const tell = ({ print }: RunOptions, seed: number, { violations }: Outcome): void => {
  for (const { checker, text, atMs } of violations) {
    print(`seed ${String(seed)}, ${(atMs / 1_000).toFixed(3)} s: ${checker}: ${text}`)
  }
  if (violations.length > 0) print(`  replay: ${replay(seed)}`)
}

export const runSchedules = async (options: RunOptions): Promise<Totals> => {
  const { schedules, seed, now } = options
  const simulator = new Simulator(checkers)
  const hash = createHash('sha256')
  const keep = options.history ? { keep: (line: string) => options.print(line.trimEnd()) } : {}
  const began = now()
  let [violations, events, commands, virtualMs] = [0, 0, 0, 0]
  let [eventsMin, commandsMin, terminalsMin] = [Infinity, Infinity, Infinity]
  let toldAt = began
  for (let i = 0; i < schedules; i++) {
    const outcome = await simulator.run(String(seed + i), keep)
    hash.update(outcome.digest)
    tell(options, seed + i, outcome)
    violations += outcome.violations.length
    events += outcome.events
    commands += outcome.commands
    virtualMs += outcome.tookMs
    eventsMin = Math.min(eventsMin, outcome.events)
    commandsMin = Math.min(commandsMin, outcome.commands)
    terminalsMin = Math.min(terminalsMin, outcome.terminals)
    if (now() - toldAt < progressEveryS) continue
    toldAt = now()
    const perSecond = ((i + 1) / (toldAt - began)).toFixed(0)
    options.progress.at(`schedules, ${perSecond}/s`, i + 1, schedules)
  }
  return {
    schedules,
    violations,
    perSecond: Math.round((10 * schedules) / (now() - began)) / 10,
    historyHash: hash.digest('hex'),
    events,
    commands,
    eventsMin,
    commandsMin,
    terminalsMin,
    virtualHours: virtualMs / msPerHour,
  }
}
