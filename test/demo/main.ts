/** `npm run demo`: exits 0 only if nothing was lost or doubled, and the one case was what it should be. */
import { readOptions } from './options.js'
import { runDemo } from './run-demo.js'
import { startTillgateProcess } from './tillgate-process.js'

const options = readOptions(process.argv)
process.exitCode = (await runDemo(options, startTillgateProcess, { walks: true })) ? 0 : 1
