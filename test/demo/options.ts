/** What the demo can be asked for. */
import { Command, InvalidArgumentError, Option } from 'commander'

export interface DemoOptions {
  readonly terminals: number
  readonly seed: string
  /** One case alone, without the bulk. */
  readonly journey?: 'unbind'
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
    .description(
      'Walks one unbind case, then unbinds half of a simulated fleet, kills the gateway once, and counts',
    )
    .option('--terminals <n>', 'how many terminals', terminalCount, 200)
    .option('--seed <s>', 'draws faults and amounts', 'tillgate')
    .addOption(
      new Option('--journey <name>', 'walk one case alone, every step of it').choices(['unbind']),
    )
    .option('--json', 'end with one line of JSON, progress goes to stderr', false)
    .option('--keep', 'keep the folder with the evidence', false)
    .parse([...argv])
    .opts<DemoOptions>()
