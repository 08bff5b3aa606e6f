/** What the benchmark can be asked for. */
import { Argument, Command } from 'commander'

import { rowNames, type RowName } from './rows/row.js'

export interface BenchOptions {
  readonly rows: ReadonlySet<RowName>
  readonly json: boolean
  readonly quick: boolean
  /** Where each process leaves its CPU profile. */
  readonly profile?: string
}

export const readOptions = (argv: readonly string[]): BenchOptions => {
  const command = new Command('bench')
    .description('Measures the gateway against raw TLS sockets on the same machine')
    .addArgument(new Argument('[rows...]', 'which of them; all where left out').choices(rowNames))
    .option('--json', 'end with one line of JSON, progress goes to stderr', false)
    .option('--quick', 'a few terminals: shows that it works, measures nothing', false)
    .option('--profile <folder>', 'leave V8 CPU profiles of every process there')
    .parse([...argv])
  const named = command.args as RowName[]
  const options = command.opts<Omit<BenchOptions, 'rows'>>()
  return { ...options, rows: new Set(named.length === 0 ? rowNames : named) }
}
