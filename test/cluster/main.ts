/** `npm run cluster`: the demo on several nodes; exits 0 only if nothing was lost or doubled. */
import { readOptions } from '../demo/options.js'
import { runDemo } from '../demo/run-demo.js'
import { removeFolders } from '../ground/folders.js'
import { startClusterWith } from './start-cluster.js'

const counted = { redisFailovers: 0, pauses: 0 }
const isWell = await runDemo(readOptions(process.argv), startClusterWith(counted), () => counted)
removeFolders()
process.exitCode = isWell ? 0 : 1
