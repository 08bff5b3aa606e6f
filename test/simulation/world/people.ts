/**
 * The people of a world: back-office staff who bind, order and cancel through the API and ask again, with
 * the same Idempotency-Key, when no answer comes; merchants who sell. They never look into the gateway:
 * what they know is what they were answered. Unbind cases are `case-work.ts`.
 */
import { uuidToText, type CommandPayload, type ErrorCode } from '@tillgate/protocol'
import type { Prng } from '@tillgate/device-sim'

import type { Observed } from '../observed.js'
import { Asking } from './asking.js'
import { CaseWork } from './case-work.js'
import { untilNext } from './chance.js'
import { account } from './factory.js'
import type { Desk, SimulatedGateway } from './gateway.js'
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

const notBoundMs = 700
/** Of cases: those for which an approval is asked at once; those that somebody else opens once more. */
const atOnce = 0.7
const oftenTwice = 0.15
const soonMs = 300
const harmless: readonly CommandPayload[] = [
  { type: 'Lock', reason: 'trial' },
  { type: 'Unlock' },
  { type: 'SelfTest' },
  { type: 'SelfTest' },
]

type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: ErrorCode }

type Question<T> = (desk: Desk, idempotency: Key) => Promise<Answer<T>>

/** What became of a question; `nothing`: never answered. */
type Said = 'yes' | 'nothing' | ErrorCode

interface Key {
  readonly keyHash: Uint8Array
  readonly requestHash: Uint8Array
}

export class People {
  readonly #parts: PeopleParts
  readonly #chance: Prng
  readonly #asking: Asking
  readonly #cases: CaseWork
  #tids = 0
  #accepted = 0

  constructor(parts: PeopleParts) {
    const { world, gateway, host, terminals } = parts
    this.#parts = parts
    this.#chance = world.chance('people')
    this.#asking = new Asking(world, gateway)
    this.#cases = new CaseWork({ world, asking: this.#asking, host, terminals })
  }

  /** As the live events show it. */
  hear(seen: Observed): void {
    this.#cases.hear(seen)
    // Given up, and there it stands: somebody tries to give it to the next merchant.
    if (seen.what !== 'committed' || seen.name !== 'record-forced-block') return
    const { terminalId } = seen.input as { readonly terminalId: number }
    const terminal = this.#parts.terminals[terminalId - 1]
    if (terminal !== undefined && this.#chance.chance(0.5)) void this.#bind(terminal)
  }

  /** A case that does not move: somebody looks whether there is something to do. */
  attend(caseId: number): void {
    this.#cases.attend(caseId)
  }

  /** Questions that still want an answer. */
  get waiting(): number {
    return this.#asking.waiting
  }

  /** Commands that the API has said yes to, or that a case has ordered. */
  get accepted(): number {
    return this.#accepted + this.#cases.ordered
  }

  /** Plans what they will do while the faults last. */
  begin(): void {
    const { world, terminals } = this.#parts
    const { served, lastsMs, ordersPerTerminal, salesPerMinute } = world.swarm.workload
    const { unbinds, unbindsWithin } = world.swarm.workload
    for (const [place, terminal] of terminals.entries()) {
      const isServed = place < served
      const firstAt = this.#chance.float() * 0.2 * lastsMs
      world.time.after(
        firstAt,
        () => void (isServed ? this.#bind(terminal) : this.#orderHarmless(terminal)),
      )
      for (let i = 1; i < ordersPerTerminal; i++) {
        const isUnbind = isServed && this.#chance.chance(unbinds)
        const part = (isUnbind ? unbindsWithin : 0.55) * this.#chance.float()
        const at = firstAt + (0.02 + part) * (lastsMs - firstAt)
        world.time.after(
          at,
          () => void (isUnbind ? this.#unbind(terminal) : this.#orderHarmless(terminal)),
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
      ({ core }, idempotency) =>
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
      async ({ core }, idempotency) => {
        const bind = { sn, merchantUuid, tid, actor: 'maker', idempotency }
        const answer = await core.commands.bind(bind)
        if (!answer.ok) return answer
        const { commandUuid } = answer.value
        // Nothing is registered in this world: its Bind comes with the binding.
        if (commandUuid === undefined) throw new Error('a binding came without its Bind')
        return { ok: true, value: { commandUuid } }
      },
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
    if (terminal.running.state().flash.areas.params.get('tid') === undefined) {
      return this.#unbindLater(terminal, soonMs)
    }
    // Some come with the approval in their hands, or ask for it in the same moment.
    if (this.#chance.chance(atOnce)) void this.#cases.askForApproval(terminal.sn)
    const said = await this.#cases.open(terminal)
    if (said === 'TERMINAL_NOT_BOUND') return this.#unbindLater(terminal, notBoundMs)
    if (said !== 'yes') return
    this.#bindLater(terminal)
    if (this.#chance.chance(oftenTwice)) await this.#cases.open(terminal)
  }

  #unbindLater(terminal: SimulatedTerminal, ms: number): void {
    this.#parts.world.time.after(ms, () => void this.#unbind(terminal))
  }

  #bindLater(terminal: SimulatedTerminal): void {
    const { world } = this.#parts
    world.time.after(world.swarm.workload.bindAgainMs, () => {
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
    return this.#said(
      (desk) => question(desk, key),
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
    return this.#said(
      ({ core }) => core.commands.cancel({ uuid, actor: 'maker' }),
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

  async #said<T>(
    question: (desk: Desk) => Promise<Answer<T>>,
    hear: (answer: Answer<T>) => void,
  ): Promise<Said> {
    const answer = await this.#asking.untilAnswered(question, hear)
    return answer === undefined ? 'nothing' : answer.ok ? 'yes' : answer.code
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
