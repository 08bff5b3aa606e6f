/** What a simulation can be asked for. */
import { Command, InvalidArgumentError } from 'commander'

export interface SimulateOptions {
  readonly schedules: number
  /** The first; each schedule has the next one. */
  readonly seed: number
  /** Instead of schedules: one day of so many unbind cases. */
  readonly day?: number
  readonly json: boolean
  readonly mutants: boolean
  /** Print what happened, line by line. */
  readonly history: boolean
}

const schedulesMax = 10_000_000
const seedMax = 2 ** 48
const casesOfDayMax = 2_000

const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isSafeInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`must be a whole number from ${String(min)} to ${String(max)}`)
    }
    return value
  }

export const readOptions = (argv: readonly string[]): SimulateOptions =>
  new Command('simulate')
    .description('Plays schedules of bad luck against the whole system under a virtual clock')
    .option(
      '--schedules <n>',
      'how many; with --mutants, for each',
      wholeNumber(1, schedulesMax),
      1_000,
    )
    .option('--seed <n>', 'of the first schedule', wholeNumber(0, seedMax), 1)
    .option('--day <n>', 'one whole day of so many unbind cases', wholeNumber(5, casesOfDayMax))
    .option('--mutants', 'plant known bugs, and see whether each is found', false)
    .option('--history', 'print all that happens, line by line', false)
    .option('--json', 'end with one line of JSON, progress goes to stderr', false)
    .parse([...argv])
    .opts<SimulateOptions>()
