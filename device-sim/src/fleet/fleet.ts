/**
 * Many terminals in one process, from one seed: manufactured, registered, enrolled and switched on.
 * Each has its own flash, its own stream of chance and its own behaviours; they share the codec, the
 * TLS sessions of nobody, and one client to the host.
 */
import type { Behaviour } from '../behaviours/behaviour.js'
import { createEnrolmentToken, registerTerminal, type ApiAccess } from '../enrol/api-client.js'
import { enrol, EnrolmentFailed, isEnrolled } from '../enrol/enrol.js'
import { enrolLimits } from '../enrol/limits.js'
import { manufacture } from '../enrol/manufacture.js'
import type { Flash } from '../flash/flash.js'
import type { HostPort } from '../host/messages.js'
import { withSharedKeys, type TerminalCrypto } from '../runner/crypto.js'
import { RunningTerminal, type Observation } from '../runner/run-terminal.js'
import { createPrng, type Prng } from '../system/prng.js'
import type { Clock, DurationMs, Entropy, Timers } from '../system/system.js'
import { defaultProfile, type Profile } from '../terminal/profile.js'
import type { Transport } from '../transport/transport.js'

export interface FleetOptions {
  readonly count: number
  readonly seed: string | number
  readonly api: ApiAccess
  readonly manufactureKey: Uint8Array
  readonly host: HostPort
  readonly flashFor: (sn: string) => Flash
  /** `endpoint` is what enrolment said. */
  readonly transportFor: (endpoint: { readonly mqtts: string; readonly wss: string }) => Transport
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly crypto: TerminalCrypto
  readonly profile?: Profile
  readonly behavioursFor?: (sn: string, prng: Prng) => readonly Behaviour[]
  /** They are switched on within this time. */
  readonly spreadMs?: DurationMs
  readonly observe?: (sn: string, observation: Observation) => void
}

export interface Fleet {
  readonly terminals: ReadonlyMap<string, RunningTerminal>
  stop(): Promise<void>
}

const vendor = 'SIM'
const enrolledAtOnce = 8
const digits = 5

export const serialNumber = (seed: string | number, index: number): string =>
  `SIM-${String(seed)}-${String(index + 1).padStart(digits, '0')}`

const onboard = async (options: FleetOptions, sn: string, flash: Flash): Promise<void> => {
  const { api, crypto, entropy, manufactureKey } = options
  const { model } = options.profile ?? defaultProfile
  const { primitives } = crypto
  await manufacture({ primitives, entropy, manufactureKey, model }, sn, flash)
  if (isEnrolled(flash)) return
  await registerTerminal(api, { sn, vendor, model })
  const token = await createEnrolmentToken(api, sn)
  const { apiUrl, ca, agent } = api
  const request = { sn, flash, crypto, apiUrl, token, ca }
  await patiently(options.timers, () =>
    enrol(agent === undefined ? request : { ...request, agent }),
  )
}

/** A fleet behind one address meets the limit on enrolments; the same request may be sent again. */
const patiently = async (timers: Timers, attempt: () => Promise<void>): Promise<void> => {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      const isLimit = error instanceof EnrolmentFailed && error.code === 'RATE_LIMITED'
      if (!isLimit || tries >= enrolLimits.rateLimitTriesMax) throw error
      await new Promise<void>((resolve) => {
        timers.after(enrolLimits.rateLimitRestMs, () => resolve())
      })
    }
  }
}

const build = (options: FleetOptions, sn: string, flash: Flash, prng: Prng): RunningTerminal => {
  const { mqtts = '', wss = '' } = flash.read().cells.enrolment ?? {}
  const { host, clock, timers, entropy, crypto, profile, observe } = options
  return new RunningTerminal({
    sn,
    flash,
    transport: options.transportFor({ mqtts, wss }),
    host,
    clock,
    timers,
    entropy,
    crypto,
    behaviours: options.behavioursFor?.(sn, prng.fork('behaviours')) ?? [],
    ...(profile === undefined ? {} : { profile }),
    ...(observe === undefined ? {} : { observe: (seen) => observe(sn, seen) }),
  })
}

/** A few at a time; the first that fails ends it. */
const eachOf = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  const left = items.values()
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: enrolledAtOnce }, worker))
}

export const startFleet = async (given: FleetOptions): Promise<Fleet> => {
  const options = { ...given, crypto: withSharedKeys(given.crypto) }
  const prng = createPrng(options.seed)
  const terminals = new Map<string, RunningTerminal>()
  const all = Array.from({ length: options.count }, (_, i) => serialNumber(options.seed, i))
  await eachOf(all, async (sn) => {
    const flash = options.flashFor(sn)
    await onboard(options, sn, flash)
    const own = prng.fork(sn)
    const terminal = build(options, sn, flash, own)
    terminals.set(sn, terminal)
    options.timers.after(own.float() * (options.spreadMs ?? 0), () => terminal.boot())
  })
  return {
    terminals,
    stop: async () => {
      await Promise.all([...terminals.values()].map((terminal) => terminal.stop()))
    },
  }
}
