/**
 * The connection that writes, and the queue in front of it. While it has failed every call is answered
 * RecordsUnavailable at once; attempts to connect again come by timer until one succeeds.
 */
import type { Log } from '../../../core/ports/log.js'
import { RecordsUnavailable } from '../../../core/ports/records.js'
import { BatchQueue, type Settled } from '../batch-queue.js'
import type { Answer, GroupItem, OperationTable } from '../group.js'
import { Recovery } from '../recovery.js'
import { RecordsRefused } from '../refused.js'
import { ColumnTypes } from './column-types.js'
import { checkServer, connect, placeOf, type ConnectOptions } from './connect.js'
import { holdOrigin } from './event-origin.js'
import { postgresLimits } from './limits.js'
import { reasonOf } from './pg-error.js'
import { Questions } from './questions.js'
import { GroupRunner } from './run-group.js'
import type { Session } from './session.js'
import { becomeWriter, WriteStatements } from './write-statements.js'

export interface WriterOptions extends ConnectOptions {
  readonly log: Log
  readonly operations: OperationTable
  /** Brings the database to the schema of this program; done on the first connection. */
  readonly prepare: (session: Session) => Promise<void>
}

interface Opened {
  readonly session: Session
  readonly groups: GroupRunner
}

export class Writer {
  readonly #options: WriterOptions
  readonly #queue: BatchQueue
  readonly #recovery: Recovery
  #opened: Opened | undefined
  #failure: string | undefined = 'not open yet'
  #closing = false

  constructor(options: WriterOptions) {
    this.#options = options
    this.#recovery = new Recovery(options.timers, () => void this.#recover())
    this.#queue = new BatchQueue({
      batchMax: postgresLimits.groupOperationsMax,
      inFlightMax: postgresLimits.groupsInFlightMax,
      waitingMax: postgresLimits.operationsWaitingMax,
      post: (items) => void this.#run(items),
    })
  }

  /** In plain words, while it does not work. */
  get failure(): string | undefined {
    return this.#failure
  }

  /** Throws what the first connection ran into. */
  async open(): Promise<void> {
    this.#opened = await this.#connect(this.#options.prepare)
    this.#failure = undefined
  }

  /** Groups answered since the start. */
  get batches(): number {
    return this.#queue.batches
  }

  call(name: string, input: unknown): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(new RecordsUnavailable(this.#failure))
    return this.#queue.call(name, input)
  }

  /** Answers what waits first. */
  async close(): Promise<void> {
    this.#closing = true
    this.#failure ??= 'closing'
    this.#recovery.stop()
    await this.#queue.empty()
    this.#failure = 'closed'
    await this.#opened?.session.end()
  }

  async #connect(first?: (session: Session) => Promise<void>): Promise<Opened> {
    const { log, operations, url } = this.#options
    const session = await connect(this.#options, 'writer', (error) => this.#lost(session, error))
    try {
      const where = placeOf(url)
      const { fsync } = await checkServer(session, where)
      await first?.(session)
      await holdOrigin(session, log, where)
      await session.run(becomeWriter)
      if (!fsync) log.warn('fsync is off: a crash of the server loses what was answered', { where })
      const types = await ColumnTypes.read(session)
      const questions = new Questions(types)
      const writes = new WriteStatements(types)
      return { session, groups: new GroupRunner({ session, operations, questions, writes }) }
    } catch (error) {
      await session.end()
      throw error
    }
  }

  async #run(items: readonly GroupItem[]): Promise<void> {
    const opened = this.#opened
    if (opened === undefined) {
      this.#queue.answered(items.map(() => unavailable(this.#failure ?? 'not connected')))
      return
    }
    const { answers, failure } = await opened.groups.run(items)
    const reason = failure === undefined ? undefined : reasonOf(failure)
    if (reason !== undefined) this.#fail(reason)
    this.#queue.answered(answers.map((answer) => settledOf(answer, reason)))
  }

  #lost(session: Session, error: Error): void {
    if (this.#opened?.session === session) this.#fail(reasonOf(error))
  }

  #fail(reason: string): void {
    const { log } = this.#options
    const opened = this.#opened
    this.#opened = undefined
    void opened?.session.end()
    if (this.#failure === undefined) log.error('records unavailable', { role: 'writer', reason })
    if (this.#closing) return
    this.#failure = reason
    this.#queue.rejectWaiting(reason)
    this.#recovery.failed()
  }

  async #recover(): Promise<void> {
    if (this.#closing) return
    try {
      const opened = await this.#connect()
      if (this.#isClosing()) return await opened.session.end()
      this.#opened = opened
      this.#recovery.works()
      const after = this.#failure
      this.#failure = undefined
      this.#options.log.warn('records work again', { role: 'writer', after })
    } catch (error) {
      this.#failure = error instanceof RecordsRefused ? error.message : reasonOf(error)
      this.#recovery.failed()
    }
  }

  /** Asked anew after each wait. */
  #isClosing(): boolean {
    return this.#closing
  }
}

const unavailable = (reason: string): Settled => ({
  ok: false,
  error: new RecordsUnavailable(reason),
})

const settledOf = (answer: Answer, reason: string | undefined): Settled => {
  switch (answer.kind) {
    case 'result':
      return { ok: true, value: answer.result }
    case 'bug':
      return { ok: false, error: answer.bug }
    case 'unavailable':
      return unavailable(reason ?? 'another node or program holds what it needs')
    default:
      return answer satisfies never
  }
}
