/** `tillgate-sim`: virtual terminals from the command line. Its commands lie in `cli/`. */
import { Command } from 'commander'
import { behavioursCommand } from './cli/behaviours.js'
import { fleetCommand } from './cli/fleet.js'
import { flashCommand } from './cli/flash.js'
import { terminalCommand } from './cli/terminal.js'

const program = new Command('tillgate-sim')
  .description('virtual POS terminals for Tillgate')
  .addCommand(terminalCommand())
  .addCommand(fleetCommand())
  .addCommand(behavioursCommand())
  .addCommand(flashCommand())

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
