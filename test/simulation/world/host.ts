/**
 * The acquirer's switch of a world, and the two ways to it: the gateway's calls and the tills' requests.
 * The switch is the simulator's own; what is bad here is the way: answers that are lost after the effect,
 * calls that arrive long after they were given up, a back office that says no.
 */
import {
  createSwitch,
  emptyState,
  inProcessPort,
  memoryJournal,
  type HostPort,
  type HostRequest,
  type Prng,
  type Switch,
  type TidName,
} from '@tillgate/device-sim'
import type { Host, HostAnswer, HostCall } from '@tillgate/gateway'

import { within } from './chance.js'
import { simulatedPrimitives } from './crypto.js'
import { manufactureKey } from './factory.js'
import type { World } from './world.js'

/** The gateway's own patience with a call. */
const timeoutMs = 3_000

/** Soft ones, notes, and one that nobody here has heard of. */
const obstacles = ['OPEN_PREAUTH', 'PENDING_REFUND', 'DISPUTE_OPEN', 'SOMETHING_NEW'] as const

type Verb = 'block' | 'unblock'

const wait = (world: World, ms: number): Promise<void> =>
  new Promise((resolve) => {
    world.time.after(ms, resolve)
  })

const unavailable: HostAnswer = { ok: false, code: 'unavailable', detail: 'as drawn' }

const takesEffect = async (
  theSwitch: Switch,
  verb: Verb,
  { acquirerCode, mid, tid, callNumber, reason }: HostCall,
): Promise<HostAnswer> => {
  const result = await theSwitch.call({
    verb,
    name: { acquirerCode, mid, tid },
    callNumber,
    reason,
  })
  if (result.ok) return { ok: true, state: result.state }
  return result.code === 'unknown-tid'
    ? { ok: false, code: 'unknown-tid', detail: '' }
    : // As the HTTPS adapter reads both 409s of the back office.
      { ok: false, code: result.code === 'stale' ? 'stale' : 'refused', detail: result.code }
}

const tillPort = (world: World, chance: Prng, theSwitch: Switch, sn: string): HostPort => {
  const port = inProcessPort(theSwitch)
  return {
    exchange: async (request: HostRequest) => {
      const { till, host } = world.faults
      await wait(world, within(chance, host.delay))
      if (chance.chance(till.unreachable)) return { ok: false, code: 'unreachable' }
      const answer = await port.exchange(request)
      world.tell({ what: 'host-asked', sn, request, answer })
      await wait(world, 1)
      return chance.chance(till.answerLost) ? { ok: false, code: 'timeout' } : answer
    },
  }
}

export class SimulatedHost {
  readonly switch: Switch
  readonly #world: World
  readonly #chance: Prng
  #late = 0
  /** What is open for a TID, once somebody has asked. */
  readonly #open = new Map<string, readonly string[]>()

  /** `wrapped` stands in the switch's place, for a mutant of the host. */
  constructor(world: World, wrapped: (own: Switch) => Switch = (own) => own) {
    this.#world = world
    this.#chance = world.chance('host')
    this.switch = wrapped(
      createSwitch({
        state: emptyState(),
        journal: memoryJournal(),
        crypto: simulatedPrimitives,
        manufactureKey,
        clock: world.clock,
        entropy: world.chance('host entropy'),
      }),
    )
  }

  isOpen(name: TidName): boolean {
    return this.switch.ledger(name)?.state === 'open'
  }

  /** A call that was given up has not arrived yet. */
  isExpectingLate(): boolean {
    return this.#late > 0
  }

  forTill(sn: string): HostPort {
    return tillPort(this.#world, this.#world.chance(`till ${sn}`), this.switch, sn)
  }

  readonly forGateway: Host = {
    block: (call) => this.#call('block', call),
    unblock: (call) => this.#call('unblock', call),
    show: async ({ acquirerCode, mid, tid }) => {
      await wait(this.#world, within(this.#chance, this.#world.faults.host.delay))
      if (this.#chance.chance(this.#world.faults.host.unavailable)) {
        return { ok: false, code: 'unavailable', detail: 'as drawn' }
      }
      const ledger = this.switch.ledger({ acquirerCode, mid, tid })
      return ledger === undefined
        ? { ok: false, code: 'unknown-tid', detail: '' }
        : {
            ok: true,
            state: ledger.state,
            callNumber: ledger.callNumber,
            obstacles: this.#obstacles(tid),
          }
    },
  }

  /** What was open there for this TID is done: the merchant has seen to it. */
  clear(tid: string): void {
    this.#open.set(tid, [])
  }

  #obstacles(tid: string): readonly string[] {
    let open = this.#open.get(tid)
    if (open === undefined) {
      const isOpen = this.#chance.chance(this.#world.swarm.faults.host.obstacles)
      open = isOpen ? [this.#chance.pick(obstacles), this.#chance.pick(obstacles)] : []
      this.#open.set(tid, open)
    }
    return open
  }

  async #call(verb: Verb, call: HostCall): Promise<HostAnswer> {
    const { host } = this.#world.faults
    if (this.#chance.chance(host.late)) {
      const lateMs = this.#chance.between(timeoutMs, 8 * timeoutMs)
      this.#late++
      this.#world.time.after(lateMs, () => {
        this.#late--
        void this.#effect(verb, call)
      })
      await wait(this.#world, timeoutMs)
      return unavailable
    }
    await wait(this.#world, within(this.#chance, host.delay))
    if (this.#chance.chance(host.unavailable)) return unavailable
    if (verb === 'block' && this.#chance.chance(host.refused)) {
      return { ok: false, code: 'refused', detail: 'as drawn' }
    }
    const answer = await this.#effect(verb, call)
    await wait(this.#world, within(this.#chance, host.delay))
    return this.#chance.chance(host.answerLost) ? unavailable : answer
  }

  async #effect(verb: Verb, call: HostCall): Promise<HostAnswer> {
    const answer = await takesEffect(this.switch, verb, call)
    const { tid, callNumber } = call
    this.#world.tell({ what: 'host-called', verb, tid, callNumber, answer })
    return answer
  }
}
