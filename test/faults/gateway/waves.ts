/**
 * Approvals for whoever waits, as one list: a code is good for one vote, and unbinds that are asked for one by
 * one would wait half a minute each.
 */
import type { SecondPersons } from '../../demo/second-persons.js'

interface Waiting {
  readonly sn: string
  granted(): void
  failed(error: unknown): void
}

export class Waves {
  readonly #people: SecondPersons
  #waiting: Waiting[] = []
  #isRunning = false

  constructor(people: SecondPersons) {
    this.#people = people
  }

  /** Resolves when an approval that names it is granted. */
  approve(sn: string): Promise<void> {
    return new Promise((granted, failed) => {
      this.#waiting.push({ sn, granted, failed })
      void this.#run()
    })
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      const wave = this.#waiting
      this.#waiting = []
      try {
        await this.#people.approve(
          wave.map(({ sn }) => sn),
          'a round is over',
        )
        for (const { granted } of wave) granted()
      } catch (error) {
        for (const { failed } of wave) failed(error)
      }
    }
    this.#isRunning = false
  }
}
