/** Signer and verifier with somebody watching: what waits for them now, and how long it took. */
import type { Signer, Verifier } from '../core/ports/signing.js'
import type { Clock } from '../core/ports/system.js'
import { Spans, type SpanCounts } from './counts.js'

export interface CryptoCounts {
  /** Signatures asked for and not made; checks asked for and not answered. */
  readonly waiting: number
  readonly spans: SpanCounts
}

class Watch {
  readonly #clock: Clock
  readonly #spans = new Spans()
  #waiting = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async over<T>(jobs: number, work: Promise<T>): Promise<T> {
    const since = this.#clock.monotonic()
    this.#waiting += jobs
    try {
      return await work
    } finally {
      this.#waiting -= jobs
      this.#spans.add(this.#clock.monotonic() - since)
    }
  }

  counts(): CryptoCounts {
    return { waiting: this.#waiting, spans: this.#spans.all() }
  }
}

export interface Watched<T> {
  readonly port: T
  counts(): CryptoCounts
}

export const watchSigner = (signer: Signer, clock: Clock): Watched<Signer> => {
  const watch = new Watch(clock)
  const sign: Signer['sign'] = (purpose, data) => watch.over(1, signer.sign(purpose, data))
  return { port: { key: (purpose) => signer.key(purpose), sign }, counts: () => watch.counts() }
}

export const watchVerifier = (verifier: Verifier, clock: Clock): Watched<Verifier> => {
  const watch = new Watch(clock)
  const verify: Verifier['verify'] = (items) => watch.over(items.length, verifier.verify(items))
  return {
    port: { importKey: (spki) => verifier.importKey(spki), verify },
    counts: () => watch.counts(),
  }
}
