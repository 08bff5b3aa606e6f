/** What the demo can be asked for. */
import { Command, InvalidArgumentError } from 'commander'

export interface DemoOptions {
  readonly terminals: number
  readonly seed: string
  readonly json: boolean
  /** Leave the folder with records, flash and host file in place. */
  readonly keep: boolean
}

const terminalsMax = 2_000

const terminalCount = (text: string): number => {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 2 || count > terminalsMax) {
    throw new InvalidArgumentError(`must be a whole number from 2 to ${String(terminalsMax)}`)
  }
  return count
}

export const readOptions = (argv: readonly string[]): DemoOptions =>
  new Command('demo')
    .description('Unbinds half of a simulated fleet, kills the gateway once, and counts')
    .option('--terminals <n>', 'how many terminals', terminalCount, 200)
    .option('--seed <s>', 'draws faults and amounts', 'tillgate')
    .option('--json', 'end with one line of JSON, progress goes to stderr', false)
    .option('--keep', 'keep the folder with the evidence', false)
    .parse([...argv])
    .opts<DemoOptions>()
