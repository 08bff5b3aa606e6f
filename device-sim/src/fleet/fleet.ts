/**
 * Many terminals in one process, from one seed: manufactured, registered, enrolled and switched on.
 * Each has its own flash, its own stream of chance and its own behaviours; they share the codec, the
 * gateway's public keys, and one client to the host.
 */
import { isSerialNumber } from '@tillgate/protocol'
import type { ApiAccess } from '../enrol/api-client.js'
import { keepAliveAgent } from '../enrol/https.js'
import type { Flash } from '../flash/flash.js'
import { RunningTerminal } from '../runner/run-terminal.js'
import { createPrng, type Prng } from '../system/prng.js'
import type { DurationMs, TimerHandle } from '../system/system.js'
import { Counting, type FleetCounts } from './counts.js'
import { fleetLimits } from './limits.js'
import { eachOf, onboard } from './onboard.js'
import { Pace } from './pace.js'
import { partsOf, type FleetOptions, type FleetParts } from './options.js'

const digits = 5

export const serialNumber = (seed: string | number, index: number): string =>
  `SIM-${String(seed)}-${String(index + 1).padStart(digits, '0')}`

export class Fleet {
  readonly terminals = new Map<string, RunningTerminal>()
  readonly #parts: FleetParts
  readonly #prng: Prng
  readonly #counting = new Counting()
  readonly #starting = new Set<TimerHandle>()
  readonly #pace: Pace

  constructor(parts: FleetParts) {
    this.#parts = parts
    this.#pace = new Pace(parts.timers)
    this.#prng = createPrng(parts.seed)
  }

  /** By serial number, or by its place in the fleet, from 0. */
  terminal(which: string | number): RunningTerminal {
    const sn = typeof which === 'number' ? serialNumber(this.#parts.seed, which) : which
    const terminal = this.terminals.get(sn)
    if (terminal === undefined) throw new RangeError(`no terminal ${sn} in this fleet`)
    return terminal
  }

  counts(): FleetCounts {
    return this.#counting.counts()
  }

  /** Until every terminal has its session. */
  async online(withinMs?: DurationMs): Promise<void> {
    const { count } = this.#parts
    const { onlineMsMin, onlineMsPerTerminal } = fleetLimits
    const limitMs = withinMs ?? Math.max(onlineMsMin, count * onlineMsPerTerminal)
    await this.until('every terminal online', ({ online }) => online === count, limitMs)
  }

  /** Looks whenever something has changed; fails with what was counted by then. */
  until(
    what: string,
    isSo: (counts: FleetCounts) => boolean,
    withinMs: DurationMs = fleetLimits.onlineMsMin,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        timer.cancel()
        unwatch()
      }
      const unwatch = this.#counting.watch(() => {
        if (!isSo(this.counts())) return
        end()
        resolve()
      })
      const timer = this.#parts.timers.after(withinMs, () => {
        end()
        const counted = JSON.stringify(this.counts())
        reject(new Error(`waited ${String(withinMs)} ms in vain for ${what}: ${counted}`))
      })
      if (!isSo(this.counts())) return
      end()
      resolve()
    })
  }

  /** Each with its DISCONNECT; then nothing of them is left open. */
  async stop(): Promise<void> {
    for (const timer of this.#starting) timer.cancel()
    this.#starting.clear()
    this.#pace.stop()
    await Promise.all([...this.terminals.values()].map((terminal) => terminal.stop()))
  }

  async start(): Promise<void> {
    const { count, seed, api, profile, progress, signal } = this.#parts
    const agent = api === undefined || api.agent !== undefined ? undefined : keepAliveAgent(api.ca)
    const access: ApiAccess | undefined =
      api === undefined || agent === undefined ? api : { ...api, agent }
    const all = Array.from({ length: count }, (_, index) => serialNumber(seed, index))
    let ready = 0
    try {
      await eachOf(all, async (sn) => {
        signal?.throwIfAborted()
        const flash = this.#parts.flashFor(sn)
        await onboard({ ...this.#parts, api: access, model: profile.model }, sn, flash)
        this.#switchOn(sn, flash)
        progress(++ready, count)
      })
    } catch (error) {
      await this.stop()
      throw error
    } finally {
      agent?.destroy()
    }
  }

  #switchOn(sn: string, flash: Flash): void {
    const { timers, spreadMs } = this.#parts
    const own = this.#prng.fork(sn)
    const terminal = this.#build(sn, flash, own)
    this.terminals.set(sn, terminal)
    const chance = own.float()
    if (spreadMs === undefined) return this.#pace.add(sn, () => terminal.boot())
    const timer = timers.after(chance * spreadMs, () => {
      this.#starting.delete(timer)
      terminal.boot()
    })
    this.#starting.add(timer)
  }

  #build(sn: string, flash: Flash, prng: Prng): RunningTerminal {
    const { host, clock, timers, entropy, crypto, profile, observe } = this.#parts
    const { mqtts = '', wss = '' } = flash.read().cells.enrolment ?? {}
    const transport = this.#parts.transportFor({ mqtts, wss })
    const { hear, listens } = this.#counting.terminal(transport)
    const behaviours = this.#parts.behavioursFor(sn, prng.fork('behaviours'))
    return new RunningTerminal({
      sn,
      flash,
      transport,
      host,
      clock,
      timers,
      entropy,
      crypto,
      profile,
      behaviours: [...behaviours, listens],
      observe: (seen) => {
        hear(seen)
        const isDown = seen.what === 'link' && seen.is === 'down'
        if (seen.what === 'welcomed' || isDown) this.#pace.done(sn)
        observe(sn, seen)
      },
    })
  }
}

/** Resolves when every terminal has its certificate; they come online by and by (`fleet.online()`). */
export const startFleet = async (options: FleetOptions): Promise<Fleet> => {
  const parts = partsOf(options)
  const last = serialNumber(parts.seed, parts.count - 1)
  if (!isSerialNumber(last)) throw new RangeError(`seed: ${last} is no serial number`)
  const fleet = new Fleet(parts)
  await fleet.start()
  return fleet
}
