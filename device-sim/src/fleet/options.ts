/** What a fleet can be given; everything but the number of terminals has a default. */
import { nodePrimitives } from '@tillgate/protocol/node'
import type { Behaviour } from '../behaviours/behaviour.js'
import type { ApiAccess } from '../enrol/api-client.js'
import type { Flash } from '../flash/flash.js'
import { createMemoryFlash } from '../flash/memory-flash.js'
import type { HostPort } from '../host/messages.js'
import { nodeCrypto, withSharedKeys, type TerminalCrypto } from '../runner/crypto.js'
import type { Observation } from '../runner/run-terminal.js'
import type { Prng } from '../system/prng.js'
import { systemClock, systemEntropy, systemTimers } from '../system/system.js'
import type { Clock, DurationMs, Entropy, Timers } from '../system/system.js'
import { defaultProfile, type Profile } from '../terminal/profile.js'
import { openTransport } from '../transport/open-transport.js'
import type { Transport } from '../transport/transport.js'
import { noHost } from './host-place.js'
import { fleetLimits } from './limits.js'
import { assertShares, drawBehaviours, type Shares } from './mix.js'

export type BehavioursFor = (sn: string, prng: Prng) => readonly Behaviour[]

export interface FleetOptions {
  readonly count: number
  /** Names the terminals, and draws what they do. */
  readonly seed?: string | number
  /** Where they are registered and enrolled; not asked where a flash has its certificate. */
  readonly api?: ApiAccess
  /** `mqtts://…` or `wss://…`, instead of what enrolment says. */
  readonly url?: string
  readonly mqttVersion?: 4 | 5
  readonly keepAliveS?: number
  /** In memory, unless it is said. */
  readonly flashFor?: (sn: string) => Flash
  /** `endpoint` is what enrolment said. Then `url`, `mqttVersion` and `keepAliveS` are not looked at. */
  readonly transportFor?: (endpoint: { readonly mqtts: string; readonly wss: string }) => Transport
  /** The acquirer's host, and the key that its factory shares with it; nobody, unless it is said. */
  readonly host?: HostPort
  readonly manufactureKey?: Uint8Array
  /** Shares by name; or what each terminal has, from its own stream of chance. None, unless it is said. */
  readonly behaviours?: Shares | BehavioursFor
  readonly profile?: Profile
  /** They are switched on within this time, whatever comes of it; else as fast as the gateway takes them. */
  readonly spreadMs?: DurationMs
  readonly clock?: Clock
  readonly timers?: Timers
  readonly entropy?: Entropy
  readonly crypto?: TerminalCrypto
  readonly observe?: (sn: string, observation: Observation) => void
  /** Terminals that have their certificate, of all. */
  readonly progress?: (ready: number, count: number) => void
  /** Gives up while terminals are still being enrolled; afterwards `stop()` ends a fleet. */
  readonly signal?: AbortSignal
}

export interface FleetParts {
  readonly count: number
  readonly seed: string | number
  readonly api: ApiAccess | undefined
  readonly flashFor: (sn: string) => Flash
  readonly transportFor: NonNullable<FleetOptions['transportFor']>
  readonly host: HostPort
  readonly manufactureKey: Uint8Array
  readonly behavioursFor: BehavioursFor
  readonly profile: Profile
  readonly spreadMs: DurationMs | undefined
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly crypto: TerminalCrypto
  readonly observe: (sn: string, observation: Observation) => void
  readonly progress: (ready: number, count: number) => void
  readonly signal: AbortSignal | undefined
}

const countOf = (count: number): number => {
  const { countMax } = fleetLimits
  if (Number.isInteger(count) && count >= 1 && count <= countMax) return count
  throw new RangeError(`count: must be a whole number from 1 to ${String(countMax)}`)
}

const behavioursOf = (behaviours: FleetOptions['behaviours'] = {}): BehavioursFor => {
  if (typeof behaviours === 'function') return behaviours
  assertShares(behaviours)
  return (_sn, prng) => drawBehaviours(behaviours, prng)
}

const transportsOf = (options: FleetOptions, timers: Timers): FleetParts['transportFor'] => {
  const { url, mqttVersion, keepAliveS } = options
  return ({ mqtts }) =>
    openTransport({
      url: url ?? mqtts,
      timers,
      ...(mqttVersion === undefined ? {} : { version: mqttVersion }),
      ...(keepAliveS === undefined ? {} : { keepAliveS }),
    })
}

export const partsOf = (options: FleetOptions): FleetParts => {
  const { timers = systemTimers, seed = 'a', api, crypto = nodeCrypto } = options
  const count = countOf(options.count)
  const nobody = noHost(nodePrimitives)
  return {
    count,
    seed,
    api,
    timers,
    flashFor: options.flashFor ?? (() => createMemoryFlash()),
    transportFor: options.transportFor ?? transportsOf(options, timers),
    host: options.host ?? nobody.port,
    manufactureKey: options.manufactureKey ?? nobody.manufactureKey,
    behavioursFor: behavioursOf(options.behaviours),
    profile: options.profile ?? defaultProfile,
    spreadMs: options.spreadMs,
    clock: options.clock ?? systemClock,
    entropy: options.entropy ?? systemEntropy,
    crypto: withSharedKeys(crypto),
    observe: options.observe ?? (() => undefined),
    progress: options.progress ?? (() => undefined),
    signal: options.signal,
  }
}
