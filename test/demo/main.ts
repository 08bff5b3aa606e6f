/** `npm run demo`: exits 0 only if nothing was lost or doubled. */
import { readOptions } from './options.js'
import { runDemo } from './run-demo.js'
import { startTillgateProcess } from './tillgate-process.js'

process.exitCode = (await runDemo(readOptions(process.argv), startTillgateProcess)) ? 0 : 1
