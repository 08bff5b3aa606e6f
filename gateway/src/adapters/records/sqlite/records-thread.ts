/**
 * The main thread's side of one worker: the queue in front of it, its health, its restart. While the
 * database under it has failed, every call is answered RecordsUnavailable at once; attempts to recover
 * come by timer until one succeeds. `open` and `close` are called once each.
 */
import type { Worker } from 'node:worker_threads'
import type { Log } from '../../../core/ports/log.js'
import { RecordsUnavailable } from '../../../core/ports/records.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import { BatchQueue, type BatchQueueOptions } from '../batch-queue.js'
import { ownBytes } from '../own-bytes.js'
import { packedOrNot, unpackValue } from './packed-values.js'
import { Recovery } from '../recovery.js'
import { RecordsRefused } from '../refused.js'
import { startWorker, type Role } from './start-worker.js'
import type { GroupItem } from '../group.js'
import { settledOf, type FromWorker, type ToWorker, type WireAnswer } from './worker-messages.js'

export interface RecordsThreadOptions {
  readonly role: Role
  readonly file: string
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly limits: Omit<BatchQueueOptions, 'post'>
}

export class RecordsThread {
  readonly #options: RecordsThreadOptions
  readonly #queue: BatchQueue
  readonly #recovery: Recovery
  #worker: Worker | undefined
  #failure: string | undefined = 'not open yet'
  #closing = false
  #openingEnded: ((refused: Error | undefined) => void) | undefined
  #workerEnded: (() => void) | undefined

  constructor(options: RecordsThreadOptions) {
    this.#options = options
    this.#recovery = new Recovery(options.timers, () => this.#recover())
    this.#queue = new BatchQueue({
      ...options.limits,
      post: (items) => this.#postItems(items),
    })
  }

  /** In plain words, while it does not work. */
  get failure(): string | undefined {
    return this.#failure
  }

  /** Rejects with RecordsRefused where the file is not opened; nothing is left running then. */
  async open(): Promise<void> {
    const refused = await new Promise<Error | undefined>((resolve) => {
      this.#openingEnded = resolve
      this.#start()
    })
    if (refused === undefined) return
    await this.close()
    throw refused
  }

  /** Groups answered since the start. */
  get batches(): number {
    return this.#queue.batches
  }

  call(name: string, input: unknown): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(new RecordsUnavailable(this.#failure))
    return this.#queue.call(name, input)
  }

  /** Answers what waits; the worker closes its database and ends by itself. */
  async close(): Promise<void> {
    this.#closing = true
    this.#failure ??= 'closing'
    this.#recovery.stop()
    await this.#queue.empty()
    if (this.#worker !== undefined) {
      const ended = new Promise<void>((resolve) => (this.#workerEnded = resolve))
      this.#post({ kind: 'close' })
      await ended
    }
    this.#failure = 'closed'
  }

  #start(): void {
    const { role, file, clock } = this.#options
    const worker = startWorker(role, { file, nowMs: clock.now() })
    this.#worker = worker
    let lastWords = 'it stopped by itself'
    worker.on('message', (message: FromWorker) => this.#heard(message))
    worker.on('error', (error) => {
      lastWords = error instanceof Error ? error.message : String(error)
    })
    worker.once('exit', () => this.#exited(lastWords))
  }

  #post(message: ToWorker, handOver: readonly ArrayBuffer[] = []): void {
    this.#worker?.postMessage(message, handOver)
  }

  /** Throws where the items can't be posted at all. */
  #postItems(items: readonly GroupItem[]): void {
    const packed = packedOrNot(items)
    if (packed !== undefined) return this.#post({ kind: 'packed', items: packed }, [packed.buffer])
    const own = items.map(({ name, input }) => ({ name, input: ownBytes(input) }))
    this.#post({ kind: 'batch', items: own })
  }

  #heard(message: FromWorker): void {
    switch (message.kind) {
      case 'opened':
      case 'recovered':
        return this.#works()
      case 'refused':
        return this.#refused(message)
      case 'answers': {
        const { answers, failure } = message
        if (failure !== undefined) this.#fail(failure)
        const list =
          answers instanceof Uint8Array ? (unpackValue(answers) as readonly WireAnswer[]) : answers
        return this.#queue.answered(list.map((answer) => settledOf(answer, failure)))
      }
      case 'failed':
        return this.#fail(message.failure)
      default:
        return message satisfies never
    }
  }

  #works(): void {
    this.#recovery.works()
    if (this.#closing) return
    const before = this.#failure
    this.#failure = undefined
    const { log, role } = this.#options
    if (this.#openingEnded === undefined) log.warn('records work again', { role, after: before })
    this.#endOpening(undefined)
  }

  #refused({ code, message }: Extract<FromWorker, { kind: 'refused' }>): void {
    this.#failure = message
    this.#endOpening(code === undefined ? new Error(message) : new RecordsRefused(code, message))
  }

  /** Nothing happens where opening has ended before. */
  #endOpening(refused: Error | undefined): void {
    const ended = this.#openingEnded
    this.#openingEnded = undefined
    ended?.(refused)
  }

  #fail(reason: string): void {
    const { log, role } = this.#options
    if (this.#failure === undefined) log.error('records unavailable', { role, reason })
    if (this.#closing) return
    this.#failure = reason
    this.#queue.rejectWaiting(reason)
    this.#recovery.failed()
  }

  #exited(lastWords: string): void {
    this.#worker = undefined
    const reason = `the records ${this.#options.role} thread ended: ${lastWords}`
    this.#queue.rejectAll(reason)
    const opening = this.#openingEnded !== undefined
    this.#endOpening(new Error(reason))
    this.#workerEnded?.()
    if (!opening) this.#fail(reason)
  }

  #recover(): void {
    if (this.#closing) return
    if (this.#worker === undefined) this.#start()
    else this.#post({ kind: 'recover' })
  }
}
