/**
 * The command line: `tillgate start` runs gateway and API in this process, configured by environment
 * variables (README.md); `tillgate openapi` prints the API's document.
 */
import { Command } from 'commander'

import { fail } from './cli/fail.js'
import { startProcess } from './cli/start-process.js'
import { openApiText } from './openapi-text.js'

const program = new Command('tillgate').description('Terminal management for acquirers')

program
  .command('start', { isDefault: true })
  .description('run gateway and API in this process')
  .option('--json', 'print one JSON line when ready, for scripts', false)
  .action(({ json }: { readonly json: boolean }) => startProcess({ json }))

program
  .command('openapi')
  .description('print the OpenAPI document')
  .action(async () => {
    process.stdout.write(`${await openApiText()}\n`)
  })

await program.parseAsync().catch(fail)
