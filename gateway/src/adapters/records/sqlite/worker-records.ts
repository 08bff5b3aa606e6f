/**
 * The main thread's side of the records: queues in front of the worker, its health, its restart.
 * `open` and `close` are called once each.
 */
import type { Worker } from 'node:worker_threads'
import type { InputOf, OperationName, ResultOf } from '../../../core/operations/catalogue.js'
import type { Log } from '../../../core/ports/log.js'
import {
  RecordsUnavailable,
  type Records,
  type RecordsHealth,
} from '../../../core/ports/records.js'
import type { Clock, Timers } from '../../../core/ports/system.js'
import type { Queries } from '../../../core/queries/queries.js'
import { BatchQueue, type Settled } from './batch-queue.js'
import { sqliteLimits } from './limits.js'
import { ownBytes } from './own-bytes.js'
import { Recovery } from './recovery.js'
import { RecordsRefused } from './refused.js'
import type { GroupItem } from './run-group.js'
import type { StartWorker } from './start-worker.js'
import { errorOf, type FromWorker, type ToWorker, type WireAnswer } from './worker-messages.js'

export interface WorkerRecordsOptions {
  readonly file: string
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly startWorker: StartWorker
  /** Everything is closed; called once, also where opening was refused. */
  readonly closed: () => void
}

const ownItems = (items: readonly GroupItem[]): readonly GroupItem[] =>
  items.map(({ name, input }) => ({ name, input: ownBytes(input) }))

const settled = (answers: readonly WireAnswer[], failure: string | undefined): readonly Settled[] =>
  answers.map((answer) =>
    answer.kind === 'result'
      ? { ok: true, value: answer.result }
      : { ok: false, error: errorOf(answer, failure) },
  )

export class WorkerRecords implements Records {
  readonly #options: WorkerRecordsOptions
  readonly #groups: BatchQueue
  readonly #reads: BatchQueue
  readonly #recovery: Recovery
  #worker: Worker | undefined
  #failure: string | undefined = 'not open yet'
  #closing: Promise<void> | undefined
  #opened: ((outcome: Error | undefined) => void) | undefined
  #workerGone: (() => void) | undefined

  constructor(options: WorkerRecordsOptions) {
    this.#options = options
    this.#recovery = new Recovery(options.timers, () => this.#recover())
    this.#groups = new BatchQueue({
      batchMax: sqliteLimits.groupOperationsMax,
      inFlightMax: sqliteLimits.groupsInFlightMax,
      waitingMax: sqliteLimits.operationsWaitingMax,
      post: (items) => this.#post({ kind: 'group', items: ownItems(items) }),
    })
    this.#reads = new BatchQueue({
      batchMax: sqliteLimits.readBatchMax,
      inFlightMax: sqliteLimits.readBatchesInFlightMax,
      waitingMax: sqliteLimits.readsWaitingMax,
      post: (items) => this.#post({ kind: 'reads', items: ownItems(items) }),
    })
  }

  async open(): Promise<void> {
    const refused = await new Promise<Error | undefined>((resolve) => {
      this.#opened = resolve
      this.#start()
    })
    if (refused === undefined) return
    this.#closing = this.#end()
    await this.#closing
    throw refused
  }

  submit<N extends OperationName>(name: N, input: InputOf<N>): Promise<ResultOf<N>> {
    if (this.#failure !== undefined) return Promise.reject(new RecordsUnavailable(this.#failure))
    return this.#groups.call(name, input) as Promise<ResultOf<N>>
  }

  read<N extends keyof Queries>(
    name: N,
    input: Queries[N]['input'],
  ): Promise<Queries[N]['output']> {
    const absent = this.#worker === undefined || this.#closing !== undefined
    if (absent) return Promise.reject(new RecordsUnavailable(this.#failure ?? 'closing'))
    return this.#reads.call(name, input) as Promise<Queries[N]['output']>
  }

  health(): RecordsHealth {
    return this.#failure === undefined ? { ok: true } : { ok: false, reason: this.#failure }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#failure ??= 'closing'
    this.#recovery.stop()
    await Promise.all([this.#groups.empty(), this.#reads.empty()])
    await this.#end()
  }

  /** The worker ends by itself once it has closed its database. */
  async #end(): Promise<void> {
    this.#recovery.stop()
    if (this.#worker !== undefined) {
      const gone = new Promise<void>((resolve) => (this.#workerGone = resolve))
      this.#post({ kind: 'close' })
      await gone
    }
    this.#failure = 'closed'
    this.#options.closed()
  }

  #start(): void {
    const { file, clock, startWorker } = this.#options
    const worker = startWorker({ file, nowMs: clock.now() })
    this.#worker = worker
    let lastWords = 'it stopped by itself'
    worker.on('message', (message: FromWorker) => this.#heard(message))
    worker.on(
      'error',
      (error) => (lastWords = error instanceof Error ? error.message : String(error)),
    )
    worker.on('messageerror', (error) => (lastWords = error.message))
    worker.once('exit', () => this.#exited(lastWords))
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message)
  }

  #heard(message: FromWorker): void {
    switch (message.kind) {
      case 'opened':
        return this.#works()
      case 'refused':
        return this.#refused(message)
      case 'answers':
        if (message.failure !== undefined) this.#fail(message.failure)
        return this.#groups.answered(settled(message.answers, message.failure))
      case 'found':
        return this.#reads.answered(settled(message.answers, this.#failure))
      case 'failed':
        return this.#fail(message.failure)
      case 'recovered':
        return this.#works()
      case 'closed':
        return undefined
      default:
        return message satisfies never
    }
  }

  #works(): void {
    this.#recovery.works()
    if (this.#closing !== undefined) return
    const before = this.#failure
    this.#failure = undefined
    const opened = this.#opened
    this.#opened = undefined
    if (opened !== undefined) opened(undefined)
    else if (before !== undefined) this.#options.log.warn('records work again', { after: before })
  }

  #refused(message: Extract<FromWorker, { kind: 'refused' }>): void {
    const { code, message: text } = message
    const opened = this.#opened
    this.#opened = undefined
    this.#failure = text
    opened?.(code === undefined ? new Error(text) : new RecordsRefused(code, text))
  }

  #fail(reason: string): void {
    if (this.#closing !== undefined) return
    if (this.#failure === undefined) this.#options.log.error('records unavailable', { reason })
    this.#failure = reason
    this.#groups.rejectWaiting(reason)
    this.#recovery.failed()
  }

  #exited(lastWords: string): void {
    this.#worker = undefined
    const reason = `the records worker ended: ${lastWords}`
    this.#groups.rejectAll(reason)
    this.#reads.rejectAll(reason)
    const opened = this.#opened
    this.#opened = undefined
    opened?.(new Error(reason))
    this.#workerGone?.()
    if (this.#closing === undefined && opened === undefined) this.#fail(this.#failure ?? reason)
  }

  #recover(): void {
    if (this.#closing !== undefined) return
    if (this.#worker === undefined) this.#start()
    else this.#post({ kind: 'recover' })
  }
}
