/**
 * The people of a world: back-office staff who bind, order and cancel through the API and ask again, with
 * the same Idempotency-Key, when no answer comes; merchants who sell. They never look into the gateway:
 * what they know is what they were answered.
 */
import type { Core } from '@tillgate/gateway'
import { uuidToText, type CommandPayload, type ErrorCode } from '@tillgate/protocol'
import type { Prng } from '@tillgate/device-sim'

import type { Observed } from '../observed.js'
import { untilNext } from './chance.js'
import { account } from './factory.js'
import type { SimulatedGateway } from './gateway.js'
import type { SimulatedHost } from './host.js'
import type { SimulatedTerminal } from './terminals.js'
import type { World } from './world.js'

export interface PeopleParts {
  readonly world: World
  readonly gateway: SimulatedGateway
  readonly host: SimulatedHost
  readonly terminals: readonly SimulatedTerminal[]
  readonly merchantUuid: Uint8Array
}

/** How long a person waits for an answer before asking again. */
const patienceMs = 3_000
const asksMax = 40
const againMs = 2_500
const soonMs = 300
/** Of a served terminal's orders behind its Bind. */
const unbindsOfOrders = 0.75
const harmless: readonly CommandPayload[] = [
  { type: 'Lock', reason: 'trial' },
  { type: 'Unlock' },
  { type: 'SelfTest' },
  { type: 'SelfTest' },
]

/** Where an unbind may stand when somebody who follows its live events decides against it. */
const lastDoubts = [
  'command.ready',
  'command.tid_blocking',
  'command.tid_blocked',
  'command.proceed_sent',
] as const

interface Doubt {
  readonly uuid: Uint8Array
  readonly sn: string
  readonly at: string
}

type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: ErrorCode }

type Question<T> = (core: Core, idempotency: Key) => Promise<Answer<T>>

/** What became of a question; `nothing`: never answered. */
type Said = 'yes' | 'nothing' | ErrorCode

interface Key {
  readonly keyHash: Uint8Array
  readonly requestHash: Uint8Array
}

export class People {
  readonly #parts: PeopleParts
  readonly #chance: Prng
  #tids = 0
  #asked = 0
  #accepted = 0
  /** By the command's key in the records, which its live events show. */
  readonly #doubts = new Map<unknown, Doubt>()

  constructor(parts: PeopleParts) {
    this.#parts = parts
    this.#chance = parts.world.chance('people')
  }

  /** As the live events show it: people follow an unbind, and some of them have second thoughts. */
  hear(seen: Observed): void {
    if (seen.what !== 'committed' || this.#parts.world.isCalm) return
    for (const write of seen.writes) {
      if (write.write !== 'insert') continue
      if (write.table === 'command' && write.row['destructive'] === 1) this.#follow(write.row)
      if (write.table === 'event') this.#onEvent(write.row['commandId'], write.row['kind'])
    }
  }

  #follow(row: Readonly<Record<string, unknown>>): void {
    const { world, terminals } = this.#parts
    const { id, uuid, terminalId } = row
    const sn = terminals[Number(terminalId) - 1]?.sn
    if (!(uuid instanceof Uint8Array) || sn === undefined) return
    if (!this.#chance.chance(world.swarm.workload.doubts)) return
    this.#doubts.set(id, { uuid, sn, at: this.#chance.pick(lastDoubts) })
  }

  #onEvent(commandId: unknown, kind: unknown): void {
    const doubt = this.#doubts.get(commandId)
    if (doubt === undefined || doubt.at !== kind) return
    this.#doubts.delete(commandId)
    this.#parts.world.time.after(10 ** (3 * this.#chance.float()), () => {
      if (!this.#parts.world.isCalm) void this.#cancel(doubt.sn, doubt.uuid)
    })
  }

  /** Questions that still want an answer. */
  get waiting(): number {
    return this.#asked
  }

  /** Commands that the API has said yes to. */
  get accepted(): number {
    return this.#accepted
  }

  /** Plans what they will do while the faults last. */
  begin(): void {
    const { world, terminals } = this.#parts
    const { served, lastsMs, ordersPerTerminal, salesPerMinute } = world.swarm.workload
    for (const [place, terminal] of terminals.entries()) {
      const isServed = place < served
      const firstAt = this.#chance.float() * 0.2 * lastsMs
      world.time.after(
        firstAt,
        () => void (isServed ? this.#bind(terminal) : this.#orderHarmless(terminal)),
      )
      for (let i = 1; i < ordersPerTerminal; i++) {
        // Early enough that what follows from it still meets with bad luck.
        const at = firstAt + (0.05 + 0.55 * this.#chance.float()) * (lastsMs - firstAt)
        world.time.after(
          at,
          () =>
            void (isServed && this.#chance.chance(unbindsOfOrders)
              ? this.#unbind(terminal)
              : this.#orderHarmless(terminal)),
        )
      }
      if (!isServed) continue
      this.#sellAgain(terminal, world.chance(`sales of ${terminal.sn}`), salesPerMinute)
    }
  }

  order(terminal: SimulatedTerminal, payload: CommandPayload): Promise<Said> {
    const { shortLifetimes } = this.#parts.world.swarm.workload
    const isShort = this.#chance.chance(shortLifetimes)
    const lifetime = isShort
      ? { expiresInMs: Math.floor(10 ** (2 + 2 * this.#chance.float())) }
      : {}
    const { sn } = terminal
    return this.#ask(
      { verb: 'order', sn, commandOf: (value: { uuid: Uint8Array }) => value.uuid },
      (core, idempotency) =>
        core.commands.order({ sn, payload, actor: 'maker', idempotency, ...lifetime }),
    )
  }

  async #bind(terminal: SimulatedTerminal): Promise<void> {
    const { host, merchantUuid } = this.#parts
    const { sn } = terminal
    const tid = `T${String((this.#tids += 1)).padStart(7, '0')}`
    await host.switch.register({ ...account, tid }, sn)
    const said = await this.#ask(
      { verb: 'bind', sn, commandOf: (value: { commandUuid: Uint8Array }) => value.commandUuid },
      (core, idempotency) =>
        core.commands.bind({ sn, merchantUuid, tid, actor: 'maker', idempotency }),
    )
    // Still bound to the one before: it is tried again while there is time.
    if (said === 'SN_BOUND_ELSEWHERE') this.#bindLater(terminal)
  }

  async #orderHarmless(terminal: SimulatedTerminal): Promise<void> {
    await this.order(terminal, this.#chance.pick(harmless))
  }

  /** As soon as there is a merchant to take it from. */
  async #unbind(terminal: SimulatedTerminal): Promise<void> {
    const { world } = this.#parts
    if (world.isCalm) return
    const tid = terminal.running.state().flash.areas.params.get('tid')?.text
    const { settleTimeoutS } = world.swarm.workload
    const said =
      tid === undefined
        ? 'TERMINAL_NOT_BOUND'
        : await this.order(terminal, {
            type: 'Unbind',
            reason: 'STORE_CLOSED',
            mid: account.mid,
            tid,
            settleTimeoutS,
          })
    if (said === 'yes') this.#bindLater(terminal)
    if (said === 'TERMINAL_NOT_BOUND') world.time.after(soonMs, () => void this.#unbind(terminal))
  }

  #bindLater(terminal: SimulatedTerminal): void {
    const { world } = this.#parts
    world.time.after(againMs, () => {
      if (!world.isCalm) void this.#bind(terminal)
    })
  }

  /** Asks until it is answered. Each answer that comes is told, also a second one. */
  #ask<T>(
    about: {
      readonly verb: 'order' | 'bind'
      readonly sn: string
      readonly commandOf: (value: T) => Uint8Array
    },
    question: Question<T>,
  ): Promise<Said> {
    const { verb, sn } = about
    const { world } = this.#parts
    const key = { keyHash: this.#chance.bytes(32), requestHash: new Uint8Array(32) }
    return this.#untilAnswered(
      (core) => question(core, key),
      (answer) => {
        if (!answer.ok) {
          world.tell({ what: 'refused', verb, sn, code: answer.code })
          return
        }
        const uuid = about.commandOf(answer.value)
        this.#accepted++
        world.tell({ what: 'answered', verb, sn, commandId: uuidToText(uuid) })
        this.#maybeCancel(sn, uuid)
      },
    )
  }

  #maybeCancel(sn: string, uuid: Uint8Array): void {
    const { world } = this.#parts
    if (!this.#chance.chance(world.swarm.workload.cancels)) return
    const afterMs = 10 ** (1 + 3.2 * this.#chance.float())
    world.time.after(afterMs, () => {
      if (!world.isCalm) void this.#cancel(sn, uuid)
    })
  }

  #cancel(sn: string, uuid: Uint8Array): Promise<Said> {
    const { world } = this.#parts
    return this.#untilAnswered(
      (core) => core.commands.cancel({ uuid, actor: 'maker' }),
      (answer) => {
        if (!answer.ok) {
          world.tell({ what: 'refused', verb: 'cancel', sn, code: answer.code })
          return
        }
        const { state, phase } = answer.value
        const commandId = uuidToText(uuid)
        world.tell({ what: 'answered', verb: 'cancel', sn, commandId, state, phase })
      },
    )
  }

  #untilAnswered<T>(
    question: (core: Core) => Promise<Answer<T>>,
    hear: (answer: Answer<T>) => void,
  ): Promise<Said> {
    const { gateway, world } = this.#parts
    this.#asked++
    return new Promise((resolve) => {
      let isAnswered = false
      const done = (said: Said): void => {
        if (isAnswered) return
        isAnswered = true
        this.#asked--
        resolve(said)
      }
      const ask = (tries: number): void => {
        if (isAnswered) return
        if (tries >= asksMax) return done('nothing')
        gateway.ask(question).then(
          (answer) => {
            hear(answer)
            done(answer.ok ? 'yes' : answer.code)
          },
          // Asked again: what became of it nobody knows. Bugs are told where they happen.
          () => undefined,
        )
        world.time.after(patienceMs, () => ask(tries + 1))
      }
      ask(0)
    })
  }

  #sellAgain(terminal: SimulatedTerminal, chance: Prng, perMinute: number): void {
    const { world } = this.#parts
    const waitMs = untilNext(chance, perMinute)
    if (!Number.isFinite(waitMs)) return
    world.time.after(waitMs, () => {
      if (world.isCalm) return
      const amountMinor = chance.between(1, 100_000)
      const isOffline = chance.chance(world.swarm.workload.offlineSales)
      void (isOffline
        ? terminal.running.offlineSale(amountMinor)
        : terminal.running.sale(amountMinor))
      this.#sellAgain(terminal, chance, perMinute)
    })
  }
}
