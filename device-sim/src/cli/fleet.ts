/**
 * `tillgate-sim fleet`: many virtual terminals in one process. Registers and enrols those that have no
 * certificate yet, with an administrator's token of the API (`--token` or TILLGATE_TOKEN). Ends by
 * itself, or at a signal, in order: 0 if every terminal has been online, 2 if not, 1 if it never ran.
 */
import { Command } from 'commander'
import { fetchCa, isEnrolled } from '../enrol/enrol.js'
import type { ApiAccess } from '../enrol/api-client.js'
import type { Flash } from '../flash/flash.js'
import { serialNumber, startFleet, type Fleet } from '../fleet/fleet.js'
import { fleetLimits } from '../fleet/limits.js'
import { domainShares, type Shares } from '../fleet/mix.js'
import { systemTimers, type TimerHandle } from '../system/system.js'
import { onSignal, say } from './console.js'
import { statusLines, type StatusLines } from './fleet-status.js'
import {
  caFrom,
  flashIn,
  hostOf,
  profileOf,
  transportOf,
  withShared,
  type SharedOptions,
} from './options.js'
import { fleetSeed, seconds, shares, wholeNumber } from './values.js'

interface FleetCliOptions extends SharedOptions {
  readonly count: number
  readonly seed: string
  readonly token?: string
  readonly spread?: number
  readonly trustFirst?: boolean
  readonly faults?: boolean
  readonly behaviours?: Shares
  readonly for?: number
  readonly every: number
  readonly json?: boolean
  readonly observations?: boolean
  readonly quiet?: boolean
}

const endedShort = 2
/** Above that a descriptor a terminal for its flash is too many. */
const openFlashesMax = 500

/** The API token goes to whoever this CA vouches for, so it is never fetched unasked. */
const trustedCa = async ({ ca, trustFirst }: FleetCliOptions, api: string): Promise<string> => {
  if (ca !== undefined) return caFrom(ca)
  if (trustFirst !== true) throw new Error('give --ca, or --trust-first on a network of your own')
  return fetchCa(api)
}

const flashesOf = ({ count, seed, folder }: FleetCliOptions): ReadonlyMap<string, Flash> => {
  const staysOpen = count <= openFlashesMax
  const all = Array.from({ length: count }, (_, index) => serialNumber(seed, index))
  return new Map(all.map((sn) => [sn, flashIn(folder, sn, { staysOpen })]))
}

/** Undefined where nobody has to be enrolled any more. */
const accessOf = async (
  options: FleetCliOptions,
  flashes: ReadonlyMap<string, Flash>,
): Promise<ApiAccess | undefined> => {
  const missing = [...flashes.values()].filter((flash) => !isEnrolled(flash)).length
  if (missing === 0) return undefined
  const apiToken = options.token ?? process.env['TILLGATE_TOKEN']
  const { api, folder, count } = options
  if (api === undefined || apiToken === undefined) {
    const which = `${String(missing)} of ${String(count)} terminals in ${folder}`
    throw new Error(`${which} have no certificate yet: give --api, and --token or TILLGATE_TOKEN`)
  }
  return { apiUrl: api, apiToken, ca: await trustedCa(options, api) }
}

/** Says how it stands, again and again, until it is told to stop. */
const everySo = (everyMs: number, action: () => void): (() => void) => {
  let timer: TimerHandle
  const next = (): void => {
    timer = systemTimers.after(everyMs, () => {
      action()
      next()
    })
  }
  next()
  return () => timer.cancel()
}

const begin = async (
  options: FleetCliOptions,
  lines: StatusLines,
  signal: AbortSignal,
): Promise<{ readonly fleet: Fleet; close(): void }> => {
  const place = hostOf(options)
  const flashes = flashesOf(options)
  const api = await accessOf(options, flashes)
  let ready = 0
  const stop = everySo(options.every * 1_000, () => lines.enrolling(ready, options.count))
  const mixture = { ...(options.faults === true ? domainShares : {}), ...options.behaviours }
  try {
    const fleet = await startFleet({
      count: options.count,
      seed: options.seed,
      host: place.port,
      manufactureKey: place.manufactureKey,
      flashFor: (sn) => flashes.get(sn) ?? flashIn(options.folder, sn),
      transportFor: (endpoint) => transportOf(options, endpoint),
      profile: profileOf(options),
      behaviours: mixture,
      signal,
      progress: (now) => {
        ready = now
      },
      ...(api === undefined ? {} : { api }),
      ...(options.spread === undefined ? {} : { spreadMs: options.spread * 1_000 }),
      ...(options.observations === true ? { observe: say } : {}),
    })
    return { fleet, close: () => place.close() }
  } catch (error) {
    place.close()
    throw error
  } finally {
    stop()
  }
}

/** Until a signal, or until its time is over. */
const untilEnd = async (signal: AbortSignal, forS: number | undefined): Promise<void> => {
  let timer: TimerHandle | undefined
  await new Promise<void>((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve())
    if (forS !== undefined) timer = systemTimers.after(forS * 1_000, resolve)
  })
  timer?.cancel()
}

const run = async (options: FleetCliOptions): Promise<void> => {
  const lines = statusLines(options.json === true)
  const ending = new AbortController()
  onSignal(() => ending.abort(new Error('ended while terminals were still being enrolled')))
  const { fleet, close } = await begin(options, lines, ending.signal)
  const tell = (): void => {
    if (options.quiet !== true) lines.status(fleet.counts())
  }
  const stop = everySo(options.every * 1_000, tell)
  await untilEnd(ending.signal, options.for)
  stop()
  const counts = fleet.counts()
  await fleet.stop()
  close()
  lines.totals(counts)
  if (counts.met < counts.terminals) process.exitCode = endedShort
}

export const fleetCommand = (): Command =>
  withShared(new Command('fleet'))
    .description('run a fleet of virtual terminals')
    .option('--count <number>', 'how many', wholeNumber(1, fleetLimits.countMax), 10)
    .option('--seed <seed>', 'names them, and draws what they do', fleetSeed, 'a')
    .option('--token <token>', 'an API token that may register and enrol terminals')
    .option(
      '--spread <seconds>',
      'switch them on within this time; else as fast as Tillgate takes them',
      seconds(0),
    )
    .option('--trust-first', 'trust the CA that the API shows at the first call')
    .option('--faults', 'what is not ideal in this world, in its default shares')
    .option('--behaviours <name=share,…>', 'instead, or on top of --faults', shares)
    .option('--for <seconds>', 'end after so long', seconds(0.1))
    .option('--every <seconds>', 'say how it stands', seconds(0.1), 5)
    .option('--json', 'one line of JSON each time, and a last one with the totals')
    .option('--observations', 'one line of JSON for whatever a single terminal tells')
    .option('--quiet', 'say nothing before the totals')
    .action(run)
