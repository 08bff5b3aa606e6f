/**
 * The terminals of a world: the simulator's own machine and runner, over flash in memory that forgets
 * what was not synced. Every step and every durable change is told. Power goes at random times, and at
 * the edges of a sync, where it hurts most.
 */
import {
  createMemoryFlash,
  defaultProfile,
  quickTimings,
  RunningTerminal,
  step,
  type Flash,
  type FlashChange,
  type FlashDone,
  type Observation,
  type Prng,
  type Profile,
  type TerminalState,
} from '@tillgate/device-sim'

import { within } from './chance.js'
import { simulatedCrypto } from './crypto.js'
import type { Made } from './factory.js'
import type { SimulatedHost } from './host.js'
import type { WorldLink } from './link.js'
import type { World } from './world.js'

const profile: Profile = {
  ...defaultProfile,
  timings: {
    ...quickTimings(defaultProfile.timings, 0.05),
    leaseMs: 6_000,
    welcomeMs: 2_000,
    hostRetryMsMin: 200,
    hostRetryMsMax: 3_000,
    // As slow as it is: what may happen in the midst of it has to have the time.
    selfTestMs: defaultProfile.timings.selfTestMs,
    eraseSlotMs: defaultProfile.timings.eraseSlotMs,
    eraseAreaMs: defaultProfile.timings.eraseAreaMs,
  },
  reconnect: { delayMsMin: 200, delayMsMax: 4_000, jitter: 0.25, stableMs: 5_000 },
}

const dayMs = 86_400_000

/** Ready, and the first step of an erasure: trouble soon after hurts most. */
const isTurn = (before: TerminalState, after: TerminalState): boolean =>
  (before.preparation?.lease === undefined && after.preparation?.lease !== undefined) ||
  (before.flash.cells.erasure === undefined && after.flash.cells.erasure !== undefined)

export type Machine = typeof step

export interface TerminalParts {
  readonly world: World
  readonly made: Made
  readonly link: WorldLink
  readonly host: SimulatedHost
  readonly machine?: Machine
}

export class SimulatedTerminal {
  readonly sn: string
  readonly running: RunningTerminal
  readonly #world: World
  readonly #chance: Prng
  /** Written and not synced. */
  #unsynced: FlashChange[] = []

  constructor({ world, made, link, host, machine = step }: TerminalParts) {
    this.sn = made.sn
    this.#world = world
    this.#chance = world.chance(`power of ${made.sn}`)
    const { sn } = made
    const rtcOffsetMs = world.faults.terminals.wrongClocks
      ? this.#chance.between(-365 * 50, 365) * dayMs
      : 0
    this.running = new RunningTerminal({
      sn,
      flash: this.#watched(createMemoryFlash(made.image)),
      transport: link.transportOf(made),
      host: host.forTill(sn),
      clock: {
        now: () => world.clock.now() + rtcOffsetMs,
        monotonic: () => world.clock.monotonic(),
      },
      timers: world.time,
      entropy: world.chance(`entropy of ${sn}`),
      crypto: simulatedCrypto,
      profile: { ...profile, keepsOffline: world.swarm.workload.keepsOffline },
      machine: (state, input, around) => {
        const done = machine(state, input, around)
        world.tell({
          what: 'stepped',
          sn,
          input,
          before: state,
          after: done.state,
          effects: done.effects,
          nowMs: around.nowMs,
        })
        if (isTurn(state, done.state)) this.#maybeTrip(link)
        if (state.preparation === undefined && done.state.preparation !== undefined) {
          this.#maybePostpone()
        }
        return done
      },
      observe: (note) => this.#observe(note),
    })
  }

  get isOn(): boolean {
    return this.running.state().boot !== undefined
  }

  switchOn(): void {
    if (this.isOn) return
    this.#world.tell({ what: 'power', sn: this.sn, is: 'on' })
    this.running.boot()
  }

  /** Off at once, and on again later. */
  reboot(): void {
    if (!this.isOn) return
    const offMs = within(this.#chance, this.#world.faults.terminals.off)
    this.running.powerLoss()
    this.#world.time.after(offMs, () => this.switchOn())
  }

  #maybeTrip(link: WorldLink): void {
    if (!this.#chance.chance(this.#world.faults.terminals.troubleSoon)) return
    const trouble = this.#chance.pick([
      () => this.reboot(),
      () => this.fillFlash(),
      () => link.breakOne(this.sn),
    ])
    this.#world.time.after(10 ** (3.3 * this.#chance.float()), () => {
      if (!this.#world.isCalm) trouble()
    })
  }

  /** The merchant presses *later* while a prepare runs, or a moment after it. */
  #maybePostpone(): void {
    if (!this.#chance.chance(this.#world.swarm.workload.cases.laters)) return
    this.#world.time.after(10 ** (2.5 * this.#chance.float()), () => {
      if (!this.#world.isCalm && this.isOn) this.running.input({ kind: 'postpone' })
    })
  }

  /** No room is left; after a while, and at the latest when all calms down, there is some again. */
  fillFlash(): void {
    const ms = within(this.#chance, this.#world.faults.terminals.full)
    this.running.input({ kind: 'flash', isFull: true })
    this.#world.time.after(ms, () => this.freeFlash())
  }

  freeFlash(): void {
    if (this.running.state().flashFull) this.running.input({ kind: 'flash', isFull: false })
  }

  #observe(note: Observation): void {
    const { sn } = this
    if (note.what === 'power') this.#world.tell({ what: 'power', sn, is: 'off' })
    const isTaken =
      (note.what === 'sale' && note.outcome === 'approved') ||
      (note.what === 'offline-sale' && note.outcome === 'stored')
    if (!isTaken) return
    const { trace, amountMinor } = note
    const tid = this.running.state().flash.areas.params.get('tid')?.text ?? ''
    const outcome = note.what === 'sale' ? 'approved' : 'stored'
    this.#world.tell({ what: 'sold', sn, tid, outcome, trace, amountMinor })
  }

  #syncs(done: FlashDone, sync: (done: FlashDone) => void): void {
    const { rebootAtSync } = this.#world.faults.terminals
    const isLost = this.#chance.chance(rebootAtSync)
    if (isLost && this.#chance.chance(0.5)) return this.reboot()
    const changes = this.#unsynced
    this.#unsynced = []
    sync((failure) => {
      if (changes.length > 0) this.#world.tell({ what: 'flashed', sn: this.sn, changes })
      if (isLost) this.reboot()
      else done(failure)
    })
  }

  #watched(flash: Flash): Flash {
    return {
      read: () => flash.read(),
      write: (changes) => {
        this.#unsynced.push(...changes)
        flash.write(changes)
      },
      sync: (done) => this.#syncs(done, (then) => flash.sync(then)),
      scrub: (done) => this.#syncs(done, (then) => flash.scrub(then)),
      powerLoss: () => {
        this.#unsynced = []
        flash.powerLoss()
      },
      close: () => flash.close(),
    }
  }
}
