/**
 * `npm start`: one Tillgate in one process, gateway node and API, on ./data. What it is configured by
 * stands in start/config.ts; how it starts and ends in start/run.ts. `--json` prints one line for scripts.
 */
import { fail } from './cli/fail.js'
import { startProcess } from './cli/start-process.js'

await startProcess({ json: process.argv.includes('--json') }).catch(fail)
