/** `npm run cluster`: the demo on several nodes; exits 0 only if nothing was lost or doubled. */
import { readOptions } from '../demo/options.js'
import { runDemo } from '../demo/run-demo.js'
import { removeFolders } from '../ground/folders.js'
import { badDay } from './misfortunes.js'
import { startClusterWith } from './start-cluster.js'

const befallen = { redisFailovers: 0, pauses: 0 }
const start = startClusterWith(badDay(befallen))
const isWell = await runDemo(readOptions(process.argv), start, {
  more: () => befallen,
  walks: false,
})
removeFolders()
process.exitCode = isWell ? 0 : 1
