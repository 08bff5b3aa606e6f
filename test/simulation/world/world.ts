/**
 * What all parts of one simulated world share: its time, its chance, the faults in force, and the ear
 * to which everything that happens is told. One per schedule; nothing of it outlives the schedule.
 */
import {
  createManualTime,
  createPrng,
  type Clock,
  type ManualTime,
  type Prng,
} from '@tillgate/device-sim'

import type { Observed } from '../observed.js'
import { calm, type Faults, type Swarm } from '../swarm.js'

export const worldStartMs = 1_800_000_000_000

export class World {
  readonly time: ManualTime = createManualTime(worldStartMs)
  /** The wall clock shows whole milliseconds, as every machine's does. */
  readonly clock: Clock = {
    now: () => Math.floor(this.time.now()),
    monotonic: () => this.time.monotonic(),
  }
  readonly swarm: Swarm
  readonly #seed: string
  readonly #tell: (seen: Observed) => void
  #faults: Faults

  constructor(seed: string, swarm: Swarm, tell: (seen: Observed) => void) {
    this.#seed = seed
    this.swarm = swarm
    this.#faults = swarm.faults
    this.#tell = tell
  }

  get faults(): Faults {
    return this.#faults
  }

  /** No fault happens from now on; what has happened stays. */
  calmDown(): void {
    this.#faults = calm
  }

  get isCalm(): boolean {
    return this.#faults === calm
  }

  /** A stream of chance of its own. */
  chance(name: string): Prng {
    return createPrng(`${this.#seed}/${name}`)
  }

  tell(seen: Observed): void {
    this.#tell(seen)
  }
}
