/**
 * Gathers single calls into batches and hands the answers back. What is asked for in one tick leaves
 * together; what comes while the batches in flight are at their limit waits and leaves together when
 * one is answered. So a batch grows with the load by itself, and a lone call waits for nothing: there
 * is no timer here, and there must never be one.
 */
import { RecordsUnavailable } from '../../core/ports/records.js'
import { OperationBug } from './operation-bug.js'
import type { GroupItem } from './group.js'

export type Settled =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Error }

export interface BatchQueueOptions {
  readonly batchMax: number
  readonly inFlightMax: number
  readonly waitingMax: number
  /** Sends a batch; its answers come through `answered`, batch after batch. */
  readonly post: (items: readonly GroupItem[]) => void
}

interface Waiting extends GroupItem {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

export class BatchQueue {
  readonly #options: BatchQueueOptions
  #waiting: Waiting[] = []
  readonly #inFlight: (readonly Waiting[])[] = []
  #flushComing = false
  #emptied: (() => void)[] = []
  #batches = 0

  constructor(options: BatchQueueOptions) {
    this.#options = options
  }

  call(name: string, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= this.#options.waitingMax) {
        reject(new RecordsUnavailable('queue full'))
        return
      }
      this.#waiting.push({ name, input, resolve, reject })
      this.#flushSoon()
    })
  }

  /** Batches answered since the start. */
  get batches(): number {
    return this.#batches
  }

  /** The answers of the oldest batch in flight. */
  answered(answers: readonly Settled[]): void {
    const batch = this.#inFlight.shift()
    if (batch === undefined) throw new Error('an answer that nobody waits for')
    this.#batches += 1
    for (const [place, one] of batch.entries()) {
      const answer = answers[place]
      if (answer === undefined) one.reject(new RecordsUnavailable('no answer'))
      else if (answer.ok) one.resolve(answer.value)
      else one.reject(answer.error)
    }
    if (this.#waiting.length > 0) this.#flushSoon()
    this.#tellIfEmpty()
  }

  /** What has not been sent. */
  rejectWaiting(reason: string): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const one of waiting) one.reject(new RecordsUnavailable(reason))
    this.#tellIfEmpty()
  }

  /** What has not been sent and what will not be answered any more. */
  rejectAll(reason: string): void {
    const batches = this.#inFlight.splice(0)
    for (const one of batches.flat()) one.reject(new RecordsUnavailable(reason))
    this.rejectWaiting(reason)
  }

  /** Resolves when nothing waits and nothing is in flight. */
  empty(): Promise<void> {
    return new Promise((resolve) => {
      this.#emptied.push(resolve)
      this.#tellIfEmpty()
    })
  }

  #tellIfEmpty(): void {
    if (this.#waiting.length > 0 || this.#inFlight.length > 0) return
    const emptied = this.#emptied
    this.#emptied = []
    for (const tell of emptied) tell()
  }

  #flushSoon(): void {
    if (this.#flushComing || this.#inFlight.length >= this.#options.inFlightMax) return
    this.#flushComing = true
    queueMicrotask(() => {
      this.#flushComing = false
      this.#flush()
    })
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.#inFlight.length < this.#options.inFlightMax) {
      const batch = this.#waiting.splice(0, this.#options.batchMax)
      const sent = this.#post(batch)
      if (sent.length > 0) this.#inFlight.push(sent)
    }
  }

  /** An input that is no plain data can't be posted: its own caller is told, the others go on. */
  #post(batch: readonly Waiting[]): readonly Waiting[] {
    const send = (list: readonly Waiting[]): void =>
      this.#options.post(list.map(({ name, input }) => ({ name, input })))
    try {
      send(batch)
      return batch
    } catch {
      const good = batch.filter(isPlain)
      if (good.length > 0) send(good)
      return good
    }
  }
}

const isPlain = (one: Waiting): boolean => {
  try {
    structuredClone(one.input)
    return true
  } catch (cause) {
    one.reject(new OperationBug('SHAPE', one.name, 'its input is no plain data', { cause }))
    return false
  }
}
