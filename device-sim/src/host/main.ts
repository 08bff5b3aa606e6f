/**
 * Runs the simulated host as a process of its own: `node dist/host/main.js --folder DIR`. Prints one
 * JSON line with its ports once it listens; SIGTERM and SIGINT stop it.
 */
import { parseArgs } from 'node:util'
import { nodePrimitives } from '@tillgate/protocol/node'
import { systemClock, systemEntropy, systemTimers } from '../system/system.js'
import { startHost } from './start-host.js'

const text = { type: 'string' } as const
const { values } = parseArgs({
  options: { folder: text, seed: text, tls: text, https: text, bind: text, names: text },
})

const host = await startHost({
  folder: values.folder ?? './host-data',
  tlsPort: Number(values.tls ?? 0),
  httpsPort: Number(values.https ?? 0),
  ...(values.seed === undefined ? {} : { seed: values.seed }),
  ...(values.bind === undefined ? {} : { bindAddress: values.bind }),
  ...(values.names === undefined ? {} : { hostNames: values.names.split(',') }),
  clock: systemClock,
  timers: systemTimers,
  entropy: systemEntropy,
  crypto: nodePrimitives,
})
console.log(JSON.stringify({ tlsPort: host.tlsPort, httpsPort: host.httpsPort }))

const stop = (): void => {
  void host.stop().then(() => process.exit(0))
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
