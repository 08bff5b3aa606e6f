/**
 * `tillgate-sim fleet`: many virtual terminals in one process. Registers and enrols those that have no
 * certificate yet, with an administrator's token of the API (`--token` or TILLGATE_TOKEN).
 */
import { Command } from 'commander'
import { fetchCa } from '../enrol/enrol.js'
import { keepAliveAgent } from '../enrol/https.js'
import { startFleet } from '../fleet/fleet.js'
import { mixedBehaviours } from '../fleet/mix.js'
import { nodeCrypto } from '../runner/crypto.js'
import { systemClock, systemEntropy, systemTimers } from '../system/system.js'
import { say, untilSignal } from './console.js'
import {
  caFrom,
  flashIn,
  hostOf,
  profileOf,
  transportOf,
  withShared,
  type SharedOptions,
} from './options.js'

interface FleetCliOptions extends SharedOptions {
  readonly count: string
  readonly seed: string
  readonly token?: string
  readonly spread: string
  readonly trustFirst?: boolean
  readonly faults?: boolean
  readonly quiet?: boolean
}

/** The API token goes to whoever this CA vouches for, so it is never fetched unasked. */
const trustedCa = async ({ ca, trustFirst }: FleetCliOptions, api: string): Promise<string> => {
  if (ca !== undefined) return caFrom(ca)
  if (trustFirst !== true) throw new Error('give --ca, or --trust-first on a network of your own')
  return fetchCa(api)
}

const run = async (options: FleetCliOptions): Promise<void> => {
  const apiToken = options.token ?? process.env['TILLGATE_TOKEN']
  if (options.api === undefined || apiToken === undefined) {
    throw new Error('a fleet enrols itself: give --api, and --token or TILLGATE_TOKEN')
  }
  const place = hostOf(options)
  const ca = await trustedCa(options, options.api)
  const agent = keepAliveAgent(ca)
  const fleet = await startFleet({
    count: Number(options.count),
    seed: options.seed,
    api: { apiUrl: options.api, apiToken, ca, agent },
    manufactureKey: place.manufactureKey,
    host: place.port,
    flashFor: (sn) => flashIn(options.folder, sn),
    transportFor: (endpoint) => transportOf(options, endpoint),
    clock: systemClock,
    timers: systemTimers,
    entropy: systemEntropy,
    crypto: nodeCrypto,
    profile: profileOf(options),
    spreadMs: Number(options.spread) * 1_000,
    ...(options.faults === true ? { behavioursFor: mixedBehaviours } : {}),
    ...(options.quiet === true ? {} : { observe: say }),
  })
  agent.destroy()
  say('fleet', { what: 'running', terminals: fleet.terminals.size })
  await untilSignal()
  await fleet.stop()
  place.close()
}

export const fleetCommand = (): Command =>
  withShared(new Command('fleet'))
    .description('run a fleet of virtual terminals')
    .option('--count <number>', 'how many', '10')
    .option('--seed <seed>', 'names them, and draws what they do', 'a')
    .option('--token <token>', 'an API token that may register and enrol terminals')
    .option('--spread <seconds>', 'they are switched on within this time', '5')
    .option('--trust-first', 'trust the CA that the API shows at the first call')
    .option('--faults', 'sales, reboots and bad lines, mixed')
    .option('--quiet', 'say nothing about single terminals')
    .action(run)
