/**
 * A world put together from its parts, and the hands that move it: one event after the other, each
 * followed by everything that its promises lead to, so that nothing depends on the machine's own time.
 */
import type { CaseView, InlineRecords, Operations, Page } from '@tillgate/gateway'
import { step } from '@tillgate/device-sim'

import type { AtRest } from '../checkers/checker.js'
import type { Replaced } from '../schedule.js'
import { commandsMin } from '../size.js'
import type { Disk } from './disk.js'
import { merchantUuid, terminalsMade } from './factory.js'
import { VirtualBroker } from './broker/broker.js'
import { SimulatedGateway } from './gateway.js'
import { SimulatedHost } from './host.js'
import type { Traffic, WorldLink } from './link.js'
import { VirtualLink } from './network.js'
import { People } from './people.js'
import { SimulatedRegistry } from './registry.js'
import { SimulatedTerminal, type Machine } from './terminals.js'
import { letWeatherBegin } from './weather.js'
import type { World } from './world.js'

export type { Machine } from './terminals.js'

export interface SceneParts {
  readonly world: World
  readonly disk: Disk
  readonly records: InlineRecords<Operations>
  readonly replaced: Replaced
  readonly bug: (text: string) => void
}

/** Something that has not come to rest; `restsForMs`: nobody has to do anything before. */
export interface Unrest {
  readonly reason: string
  readonly restsForMs?: number
}

/** Where a case waits for its time. */
const restful: ReadonlySet<string> = new Set([
  ...['BLOCKED', 'APPROVED', 'POSTPONED', 'WAITING_DEVICE', 'DEREGISTERING', 'FORCED'],
  'CLOSED_UNPROVEN',
])
const restfulMs = 2_000

const lastSaleMs = 60_000
const rowsMax = 1_000

/**
 * Everything that promises lead to has happened when `action` runs: a tick that is asked for from within
 * a microtask waits until no microtask is left. Node's event loop, which has nothing to do here, need not
 * turn for it. Asked for from within a tick, it would run before them.
 */
const whenSettled = (action: () => void): void => queueMicrotask(() => process.nextTick(action))

const trafficOf = (world: World): Traffic => ({
  sent: (sn, envelope) => world.tell({ what: 'sent', sn, envelope }),
  arrived: (sn, arrival, envelope) => world.tell({ what: 'arrived', sn, arrival, envelope }),
  acknowledged: (sn, arrival, refusal) =>
    world.tell({ what: 'acknowledged', sn, arrival, refusal }),
})

export class Scene {
  readonly world: World
  readonly host: SimulatedHost
  readonly terminals: readonly SimulatedTerminal[]
  readonly bySn: ReadonlyMap<string, SimulatedTerminal>
  readonly people: People
  readonly #records: SceneParts['records']
  readonly #link: WorldLink
  readonly #gateway: SimulatedGateway
  readonly #registry: SimulatedRegistry

  constructor({ world, disk, records, replaced, bug }: SceneParts) {
    this.world = world
    this.#records = records
    this.host = new SimulatedHost(world, replaced.theSwitch)
    const { broker } = world.swarm
    this.#link =
      broker === undefined
        ? new VirtualLink(world, trafficOf(world), replaced)
        : new VirtualBroker(world, broker, trafficOf(world), replaced)
    this.#registry = new SimulatedRegistry(world)
    this.#gateway = new SimulatedGateway({
      world,
      disk,
      records,
      link: this.#link,
      nodes: broker?.nodes ?? 1,
      host: this.host.forGateway,
      registry: replaced.registry?.(this.#registry.forGateway) ?? this.#registry.forGateway,
      parts: replaced.parts ?? {},
      bug: (error) => bug(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    })
    const machine: Machine | undefined = replaced.machine?.(step)
    this.terminals = terminalsMade(world.swarm.workload.terminals).map(
      (made) =>
        new SimulatedTerminal({
          world,
          made,
          link: this.#link,
          host: this.host,
          ...(machine === undefined ? {} : { machine }),
        }),
    )
    this.bySn = new Map(this.terminals.map((terminal) => [terminal.sn, terminal]))
    this.people = new People({
      world,
      gateway: this.#gateway,
      host: this.host,
      terminals: this.terminals,
      merchantUuid,
    })
  }

  begin(): void {
    this.#gateway.open()
    for (const terminal of this.terminals) terminal.switchOn()
    this.people.begin()
    letWeatherBegin({
      world: this.world,
      gateway: this.#gateway,
      link: this.#link,
      terminals: this.terminals,
    })
  }

  /** From here on nothing goes wrong any more; what is down comes up. */
  calmDown(): void {
    this.world.calmDown()
    this.#link.calmDown()
    this.#gateway.open()
    this.#gateway.meet()
    for (const terminal of this.terminals) {
      terminal.switchOn()
      terminal.freeFlash()
    }
    for (let i = this.people.accepted; i < commandsMin; i++) this.#orderSelfTest(i)
  }

  /** A broker says again all that it has ever heard; how long it takes, in ms. */
  sayAgain(): number {
    return this.#link.sayAgain()
  }

  /** One more: a schedule in which little happened proves little. */
  orderMore(): void {
    this.#orderSelfTest(this.people.accepted)
  }

  #orderSelfTest(i: number): void {
    const terminal = this.terminals[i % this.terminals.length]
    if (terminal !== undefined) void this.people.order(terminal, { type: 'SelfTest' })
  }

  /** One event after the other, each with everything that its promises lead to. */
  runUntil(atMs: number, isOver: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const one = (): void => {
        try {
          if (isOver() || !this.world.time.next(atMs)) resolve()
          else whenSettled(one)
        } catch (error) {
          reject(error as Error)
        }
      }
      whenSettled(one)
    })
  }

  /** Why the world is not at rest yet: somebody waits, something is open. Empty: it is. */
  async unrest(): Promise<readonly Unrest[]> {
    const people = this.people.waiting === 0 ? [] : ['somebody waits for the API']
    const late = [
      ...(this.host.isExpectingLate() ? ['a late call is on its way to the host'] : []),
      ...(this.#registry.isExpectingLate() ? ['a late call is on its way to the registry'] : []),
    ]
    const uneasy = [...people, ...late, ...this.terminals.flatMap(uneasiness)]
    const cases = await this.#openCases()
    if (uneasy.length > 0) return [...uneasy.map((reason) => ({ reason })), ...cases]
    const open = await this.#records.read('open-commands', {
      terminalIds: this.terminals.map((_, i) => i + 1),
      limit: rowsMax,
    })
    const commands = open
      .filter(({ state }) => state !== 'parked')
      .map(({ id, terminalId, type, state, phase }) => ({
        reason: `command ${String(id)} (type ${String(type)}) of terminal ${String(terminalId)} is ${state} ${phase ?? ''}`,
      }))
    return [...commands, ...cases]
  }

  /** Cases that have not ended, and those that still owe the registry; somebody has a look at each. */
  async #openCases(): Promise<readonly Unrest[]> {
    const all = await this.cases()
    const open = all.filter(({ open, dueAtMs }) => open === 1 || dueAtMs !== null)
    return open.map(({ id, sn, state, waitsFor, dueAtMs }) => {
      this.people.attend(id)
      const reason = `the case of ${sn} is ${state} ${waitsFor}`
      const inMs = dueAtMs === null ? 0 : dueAtMs - this.world.clock.now()
      return restful.has(state) && inMs > restfulMs ? { reason, restsForMs: inMs } : { reason }
    })
  }

  cases(): Promise<readonly CaseView[]> {
    return everyPage((page) => this.#records.read('cases', page))
  }

  async lastLook(unrest: readonly string[]): Promise<AtRest> {
    const lastSales = new Map<string, string>()
    for (const { sn, running } of this.terminals) {
      void running.sale(1).then(({ outcome }) => lastSales.set(sn, outcome))
    }
    const endsAt = this.world.time.monotonic() + lastSaleMs
    await this.runUntil(endsAt, () => lastSales.size === this.terminals.length)
    return {
      commands: await everyPage((page) => this.#records.read('commands', page)),
      terminals: this.terminals,
      host: this.host,
      unrest,
      lastSales,
    }
  }
}

const everyPage = async <T extends { readonly id: number }>(
  read: (page: Page) => Promise<readonly T[]>,
): Promise<readonly T[]> => {
  const all: T[] = []
  for (;;) {
    const page = await read({ afterId: all.at(-1)?.id ?? 0, limit: rowsMax })
    all.push(...page)
    if (page.length < rowsMax) return all
  }
}

const uneasiness = ({ sn, running }: SimulatedTerminal): readonly string[] => {
  const { session, outbox, flash, preparation, errand } = running.state()
  const reasons = [
    session.open === undefined ? `has no session (${session.link})` : '',
    outbox.length > 0 ? `waits for the PUBACK of ${outbox.map(({ says }) => says).join()}` : '',
    preparation === undefined ? '' : `prepares (${preparation.phase})`,
    errand === undefined ? '' : `is at ${errand.kind} (${errand.stage})`,
    flash.cells.erasure === undefined ? '' : 'erases',
    ...[...flash.areas.evidence.values()]
      .filter(({ receipted }) => !receipted)
      .map(({ kind }) => `has no Receipt for ${kind}`),
  ]
  return reasons.filter((reason) => reason !== '').map((reason) => `${sn} ${reason}`)
}
