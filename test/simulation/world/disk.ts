/**
 * The virtual disk under the records: a group waits here before BEGIN … COMMIT run in one go, so that
 * no read ever sees an open transaction. A crash while it waits drops the group; a crash just after it
 * drops the answers. What was committed is told before anybody is answered.
 */
import type { OperationName, Operations } from '@tillgate/gateway'
import type { Prng, TimerHandle } from '@tillgate/device-sim'

import type { Committed } from '../observed.js'
import { within } from './chance.js'
import type { World } from './world.js'

interface AnyOperation {
  readonly name: string
  load(input: never): Generator<never, unknown, unknown>
  decide(
    rows: never,
    input: never,
  ): { readonly writes: Committed['writes']; readonly result: unknown }
}

interface Held {
  readonly run: () => void
  readonly timer: TimerHandle
}

export class Disk {
  readonly #heard: Committed[] = []
  #world: World | undefined
  #chance: Prng | undefined
  #held: Held | undefined

  /** The operations as the records run them, each overheard. */
  readonly overheard = (own: Operations): Operations =>
    Object.fromEntries(
      Object.entries(own).map(([name, definition]) => {
        const own = definition as unknown as AnyOperation
        const decide: AnyOperation['decide'] = (rows, input) => {
          const decision = own.decide(rows, input)
          const { writes, result } = decision
          this.#heard.push({
            what: 'committed',
            name: name as OperationName,
            input,
            rows,
            writes,
            result,
          })
          return decision
        }
        return [name, { ...own, decide }]
      }),
    ) as unknown as Operations

  /** A new world stands on it. */
  mount(world: World): void {
    this.#world = world
    this.#chance = world.chance('disk')
    this.#held = undefined
    this.#heard.length = 0
  }

  readonly schedule = (run: () => void): void => {
    const world = this.#world
    // Before the first world there is no time yet: at once.
    if (world === undefined || this.#chance === undefined) return queueMicrotask(run)
    const delayMs = within(this.#chance, world.faults.records.disk)
    const timer = world.time.after(delayMs, () => {
      this.#held = undefined
      this.#run(run)
    })
    this.#held = { run, timer }
  }

  /** As the process dies: what is held is dropped, or committed without a word. */
  crash(edge: 'before' | 'after'): void {
    const held = this.#held
    this.#held = undefined
    held?.timer.cancel()
    if (held !== undefined && edge === 'after') this.#run(held.run)
  }

  #run(run: () => void): void {
    this.#heard.length = 0
    run()
    for (const one of this.#heard) this.#world?.tell(one)
  }
}
