/**
 * `npm run simulate`: exits 0 only if no rule was broken; with `--mutants`, if every mutant was
 * found; with `--day`, if every case of that day has ended.
 */
import { systemClock } from '@tillgate/gateway'

import { createProgress } from '../demo/progress.js'
import { liveThrough } from './live-through.js'
import { runMutants } from './mutants/run-mutants.js'
import { readOptions } from './options.js'
import { asJsonLine, asTable } from './report.js'
import { runSchedules } from './run-schedules.js'

const options = readOptions(process.argv)
const now = (): number => systemClock.monotonic() / 1_000
const progress = createProgress(process.stderr, systemClock.monotonic())
const print = (text: string): void => {
  progress.end()
  process.stdout.write(`${text}\n`)
}

const simulate = async (): Promise<boolean> => {
  const totals = await runSchedules({ ...options, now, progress, print })
  print(options.json ? asJsonLine(totals) : asTable(totals))
  return totals.violations === 0
}

const findMutants = async (): Promise<boolean> => {
  const { json, seed, schedules: schedulesMax } = options
  const { mutants, found } = await runMutants({ seed, schedulesMax, json, print })
  return found === mutants
}

const play = (): Promise<boolean> => {
  const { day, seed, json } = options
  if (day !== undefined) return liveThrough({ cases: day, seed, json, now, print })
  return options.mutants ? findMutants() : simulate()
}

process.exitCode = (await play()) ? 0 : 1
