/** `npm run bench`: measures, and says what it measured. */
import { readOptions } from './options.js'
import { asJsonLine, asTable } from './report.js'
import { runBench } from './run-bench.js'

const options = readOptions(process.argv)
const rows = await runBench(options)
process.stdout.write(options.json ? `${asJsonLine(rows)}\n` : asTable(rows))
