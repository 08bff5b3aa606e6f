/**
 * How people ask the API: again and again until they are answered, for a crash leaves a question without an
 * answer. Each answer that comes is heard, also a second one.
 */
import type { Desk, SimulatedGateway } from './gateway.js'
import type { World } from './world.js'

/** How long a person waits for an answer before asking again. */
const patienceMs = 3_000
const asksMax = 40

export class Asking {
  readonly #world: World
  readonly #gateway: SimulatedGateway
  #waiting = 0

  constructor(world: World, gateway: SimulatedGateway) {
    this.#world = world
    this.#gateway = gateway
  }

  /** Questions that still want an answer. */
  get waiting(): number {
    return this.#waiting
  }

  /** The first answer; undefined where none ever came. */
  untilAnswered<T>(
    question: (desk: Desk) => Promise<T>,
    hear: (answer: T) => void = () => undefined,
  ): Promise<T | undefined> {
    this.#waiting++
    return new Promise((resolve) => {
      let isAnswered = false
      const done = (answer: T | undefined): void => {
        if (isAnswered) return
        isAnswered = true
        this.#waiting--
        resolve(answer)
      }
      const ask = (tries: number): void => {
        if (isAnswered) return
        if (tries >= asksMax) return done(undefined)
        this.#gateway.ask(question).then(
          (answer) => {
            hear(answer)
            done(answer)
          },
          // Asked again: what became of it nobody knows. Bugs are told where they happen.
          () => undefined,
        )
        this.#world.time.after(patienceMs, () => ask(tries + 1))
      }
      ask(0)
    })
  }
}
