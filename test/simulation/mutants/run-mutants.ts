/**
 * Each mutant is put into worlds of its own, seed after seed, until a checker says what is wrong. The
 * product itself must pass the same seeds: that is what a simulation without mutants shows.
 */
import { checkers } from '../checkers/catalogue.js'
import { Simulator } from '../schedule.js'
import { mutants } from './catalogue.js'
import type { Mutant } from './mutant.js'

export interface MutantOptions {
  /** Of the first schedule of each mutant. */
  readonly seed: number
  /** A mutant that is not found in so many schedules is missed. */
  readonly schedulesMax: number
  readonly json: boolean
  readonly print: (line: string) => void
}

export interface MutantOutcome {
  readonly mutant: Mutant
  /** Played, the one that found it included. */
  readonly schedules: number
  /** Undefined: missed. */
  readonly found:
    { readonly checker: string; readonly text: string; readonly seed: number } | undefined
}

export const schedulesMaxDefault = 2_000

export const findMutant = async (
  mutant: Mutant,
  { seed, schedulesMax }: Pick<MutantOptions, 'seed' | 'schedulesMax'>,
): Promise<MutantOutcome> => {
  const { seenBy } = mutant
  const counting = checkers.filter(({ name }) => seenBy === undefined || seenBy === name)
  const simulator = new Simulator(counting, mutant.replaced)
  for (let i = 0; i < schedulesMax; i++) {
    const [violation] = (await simulator.run(String(seed + i))).violations
    if (violation === undefined) continue
    const { checker, text } = violation
    return { mutant, schedules: i + 1, found: { checker, text, seed: seed + i } }
  }
  return { mutant, schedules: schedulesMax, found: undefined }
}

const wide = (text: string, columns: number): string => text.padEnd(columns)
const nameColumns = 28
const countColumns = 7
const checkerColumns = 32

const row = ({ mutant, schedules, found }: MutantOutcome): string =>
  [
    `  ${wide(mutant.name, nameColumns)}`,
    `${String(schedules).padStart(countColumns)}  `,
    found === undefined
      ? `MISSED: ${mutant.plants}`
      : `${wide(found.checker, checkerColumns)} seed ${String(found.seed)}`,
  ].join('')

const heading = `  ${wide('planted', nameColumns)}${'after'.padStart(countColumns)}  found by`

export const runMutants = async (
  options: MutantOptions,
): Promise<{ readonly mutants: number; readonly found: number }> => {
  const { json, print } = options
  if (!json) print(heading)
  let found = 0
  for (const mutant of mutants) {
    const outcome = await findMutant(mutant, options)
    if (outcome.found !== undefined) found++
    if (!json) print(row(outcome))
  }
  const counts = { mutants: mutants.length, found }
  print(
    json
      ? JSON.stringify(counts)
      : `\n  ${String(found)} of ${String(mutants.length)} planted bugs were found.`,
  )
  return counts
}
