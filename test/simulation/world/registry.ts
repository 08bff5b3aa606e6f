/**
 * The terminal registry of a world: it keeps which associations were cancelled, and under which key. The
 * way to it is as bad as the host's: silent, slow, answers lost after the effect, calls that arrive long
 * after they were given up or twice; and now and then it refuses.
 */
import type { Prng } from '@tillgate/device-sim'
import type { Deregistration, Registry, RegistryAnswer } from '@tillgate/gateway'

import { calm, type Faults } from '../swarm.js'
import { within } from './chance.js'
import type { World } from './world.js'

/** The gateway's own patience with a call. */
const timeoutMs = 3_000

const moodyCallsMax = 2

const unavailable: RegistryAnswer = { ok: false, code: 'unavailable', detail: 'as drawn' }

export class SimulatedRegistry {
  readonly #world: World
  readonly #chance: Prng
  readonly #references = new Map<string, string>()
  readonly #calls = new Map<string, number>()
  #late = 0

  constructor(world: World) {
    this.#world = world
    this.#chance = world.chance('registry')
  }

  /** A call that was given up has not arrived yet. */
  isExpectingLate(): boolean {
    return this.#late > 0
  }

  readonly forGateway: Registry = {
    // Nothing here asks for it yet.
    register: () => Promise.resolve(unavailable),
    deregister: async (call) => {
      const registry = this.#moodFor(call.idempotencyKey)
      if (this.#chance.chance(registry.late)) {
        this.#later(call)
        await this.#wait(timeoutMs)
        return unavailable
      }
      await this.#wait(within(this.#chance, registry.delay))
      if (this.#chance.chance(registry.unavailable)) return unavailable
      if (this.#chance.chance(registry.refused)) {
        return { ok: false, code: 'refused', detail: 'as drawn' }
      }
      const answer = this.#effect(call)
      if (this.#chance.chance(registry.repeated)) this.#later(call)
      await this.#wait(within(this.#chance, registry.delay))
      return this.#chance.chance(registry.answerLost) ? unavailable : answer
    },
  }

  /**
   * Most cases come to the registry when everything else is well again, so its moods do not end with the
   * faults: each case meets with as many of its calls, and with no more.
   */
  #moodFor(key: string): Faults['registry'] {
    const calls = (this.#calls.get(key) ?? 0) + 1
    this.#calls.set(key, calls)
    return calls > moodyCallsMax ? calm.registry : this.#world.swarm.faults.registry
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#world.time.after(ms, resolve)
    })
  }

  #later(call: Deregistration): void {
    this.#late++
    this.#world.time.after(this.#chance.between(timeoutMs, 8 * timeoutMs), () => {
      this.#late--
      this.#effect(call)
    })
  }

  #effect({ idempotencyKey: key, sn, tid }: Deregistration): RegistryAnswer {
    const reference = this.#references.get(key) ?? `cancelled-${String(this.#references.size + 1)}`
    this.#references.set(key, reference)
    this.#world.tell({ what: 'registry-called', key, sn, tid })
    return { ok: true, reference }
  }
}
