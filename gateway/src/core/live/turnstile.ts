/** Lets a number of jobs run at once; the others wait in the order in which they came. */
export class Turnstile {
  readonly #places: number
  #inside = 0
  readonly #waiting: (() => void)[] = []

  constructor(places: number) {
    this.#places = places
  }

  async run<T>(job: () => Promise<T>): Promise<T> {
    if (this.#inside < this.#places) this.#inside++
    // Whoever leaves hands over the place.
    else await new Promise<void>((enter) => this.#waiting.push(enter))
    try {
      return await job()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#inside--
      else next()
    }
  }
}
