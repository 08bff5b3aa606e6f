/**
 * One schedule: a world from one seed, some time of bad luck (safety), then none (liveness) until all is
 * at rest or the bound is over, then a last look. Nothing here knows a rule: the checkers do.
 */
import {
  openInlineSqliteRecords,
  operations,
  type BrokerHandler,
  type CaseState,
  type CoreParts,
  type LinkHandler,
  type Operations,
  type Registry,
} from '@tillgate/gateway'
import { createPrng, type Switch } from '@tillgate/device-sim'

import type { AtRest, Checker } from './checkers/checker.js'
import { LedgerModel } from './checkers/ledger-model.js'
import { History } from './history.js'
import { eventsMin } from './size.js'
import { drawSwarm, type Swarm } from './swarm.js'
import { Disk } from './world/disk.js'
import { terminalsMax } from './world/factory.js'
import { Scene, type Machine } from './world/scene.js'
import { registerAll } from './world/registered.js'
import { World, worldStartMs } from './world/world.js'

/** What may be put in the place of a part of the product; empty for the product itself. */
export interface Replaced {
  readonly parts?: Partial<CoreParts>
  readonly operations?: (own: Operations) => Operations
  /** Stands between the link and the core. */
  readonly handler?: (own: LinkHandler) => LinkHandler
  /** The same, behind a broker. */
  readonly brokerHandler?: (own: BrokerHandler) => BrokerHandler
  readonly machine?: (own: Machine) => Machine
  readonly theSwitch?: (own: Switch) => Switch
  /** On the gateway's side of the way to it. */
  readonly registry?: (own: Registry) => Registry
}

export interface Violation {
  readonly checker: string
  readonly text: string
  readonly atMs: number
}

export interface Outcome {
  readonly violations: readonly Violation[]
  readonly events: number
  readonly commands: number
  readonly terminals: number
  /** Of the unbind cases at the end. */
  readonly cases: readonly CaseState[]
  readonly digest: string
  /** Of virtual time. */
  readonly tookMs: number
}

export interface ScheduleOptions {
  /** Instead of the one that the seed draws. */
  readonly swarm?: Swarm
  readonly keep?: (line: string) => void
}

const unchanged = (own: Operations): Operations => own
const violationsMax = 10
const idleMs = 1_000
/** The bound of I6: once faults stop, everything has drained after this. */
export const drainedWithinMs = 900_000

/** A world keeps the event loop waiting from its first event to its last. */
const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The records of many worlds, one after the other: opened once, wiped between them. */
export class Simulator {
  readonly #checkers: readonly Checker[]
  readonly #replaced: Replaced
  readonly #disk = new Disk()
  readonly #records
  readonly #terminals: number
  #isUsed = false

  constructor(
    checkers: readonly Checker[],
    replaced: Replaced = {},
    terminals: number = terminalsMax,
  ) {
    this.#terminals = terminals
    this.#checkers = checkers
    this.#replaced = replaced
    const clock = { now: () => worldStartMs, monotonic: () => 0 }
    this.#records = openInlineSqliteRecords<Operations>({
      file: ':memory:',
      clock,
      timers: { after: () => ({ cancel: () => undefined }) },
      operations: this.#disk.overheard((replaced.operations ?? unchanged)(operations)),
      schedule: this.#disk.schedule,
    })
  }

  async run(seed: string, options: ScheduleOptions = {}): Promise<Outcome> {
    await this.#wiped()
    const swarm = options.swarm ?? drawSwarm(createPrng(`${seed}/swarm`))
    const history = new History(options.keep)
    const violations: Violation[] = []
    const ledger = new LedgerModel()
    const say = (checker: string, text: string): void => {
      if (violations.length >= violationsMax) return
      violations.push({ checker, text, atMs: world.time.monotonic() })
      history.note(`VIOLATION ${checker}: ${text}\n`)
    }
    const world: World = new World(seed, swarm, (seen) => {
      history.add(world.time.monotonic(), seen)
      for (const watch of watches) watch.seen?.(seen)
      if (seen.what === 'committed') ledger.apply(seen.writes)
      scene.people.hear(seen)
    })
    this.#disk.mount(world)
    const scene = new Scene({
      world,
      disk: this.#disk,
      records: this.#records,
      replaced: this.#replaced,
      bug: (text) => say('no-bug', text),
    })
    const link = swarm.broker === undefined ? 'listener' : 'broker'
    const around = { terminals: scene.bySn, host: scene.host, ledger, link } as const
    const watches = this.#checkers.map((checker) =>
      checker.begin((text) => say(checker.name, text), around),
    )
    options.keep?.(`${JSON.stringify(swarm, null, 1)}\n`)
    const rest = await this.#play(scene, history, () => violations.length > 0)
    if (rest !== undefined) for (const watch of watches) watch.atRest?.(rest)
    return {
      violations,
      events: history.events,
      commands: scene.people.accepted,
      terminals: scene.terminals.length,
      cases: options.swarm === undefined ? [] : (await scene.cases()).map(({ state }) => state),
      digest: history.digest(),
      tookMs: world.time.monotonic(),
    }
  }

  async #wiped(): Promise<void> {
    await othersTurn()
    if (this.#isUsed) {
      this.#records.abandon()
      this.#records.wipe()
    } else {
      await registerAll(this.#records, worldStartMs, this.#terminals)
      this.#records.mark()
    }
    this.#isUsed = true
  }

  /** Undefined where a violation ended it: what follows from it says nothing more. */
  async #play(scene: Scene, history: History, isOver: () => boolean): Promise<AtRest | undefined> {
    const endsAt = scene.world.time.monotonic() + scene.world.swarm.workload.lastsMs
    scene.begin()
    await scene.runUntil(endsAt, isOver)
    if (isOver()) return undefined
    scene.calmDown()
    const unrest = await this.#drain(scene, history, isOver)
    if (isOver() || unrest.length > 0 || !(await this.#hearAgain(scene, isOver))) {
      return isOver() ? undefined : scene.lastLook(unrest)
    }
    const again = await this.#drain(scene, history, isOver)
    return isOver() ? undefined : scene.lastLook(again)
  }

  /** Later, be it hours, a broker that remembers says everything again; what it heard is no news to anybody. */
  async #hearAgain(scene: Scene, isOver: () => boolean): Promise<boolean> {
    const { broker } = scene.world.swarm
    if (broker?.saysAgainAfterMs === undefined) return false
    const { time } = scene.world
    await scene.runUntil(time.monotonic() + broker.saysAgainAfterMs, isOver)
    const doneMs = scene.sayAgain()
    await scene.runUntil(time.monotonic() + doneMs, isOver)
    return true
  }

  /** Until nothing is uneasy any more, or the bound is over: then what is. Time that only rests is skipped. */
  async #drain(scene: Scene, history: History, isOver: () => boolean): Promise<readonly string[]> {
    const { time } = scene.world
    let boundAt = time.monotonic() + drainedWithinMs
    let unrest: readonly string[] = ['nobody has looked yet']
    let waitMs = idleMs
    while (unrest.length > 0 && !isOver() && time.monotonic() < boundAt) {
      await scene.runUntil(time.monotonic() + waitMs, isOver)
      const found = await scene.unrest()
      unrest = found.map(({ reason }) => reason)
      const restsForMs = Math.min(...found.map(({ restsForMs: ms }) => ms ?? 0))
      waitMs = found.length > 0 ? Math.max(idleMs, restsForMs) : idleMs
      if (waitMs > idleMs) boundAt += waitMs
      if (unrest.length === 0 && history.events < eventsMin) {
        scene.orderMore()
        unrest = ['too little has happened yet']
      }
    }
    return unrest
  }
}
