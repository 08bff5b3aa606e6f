/**
 * One connection. Statements of a trip leave together and are answered together (the driver's pipeline),
 * and every wait has a bound: connecting, each statement (the server's), an answer at all (ours).
 * After an error of a transaction the server refuses what follows in it, so a trip may end with COMMIT:
 * that becomes a ROLLBACK then, and the trip fails with the first error.
 */
import { Client, type QueryArrayResult } from 'pg'
import type { Timers } from '../../../core/ports/system.js'
import { postgresLimits } from './limits.js'
import { isConsequence } from './pg-error.js'
import { valueTypes } from './values.js'

export interface Statement {
  /** Prepared under this name, once per connection; without one it is parsed each time. */
  readonly name?: string
  readonly text: string
  readonly values?: readonly unknown[]
}

export type Rows = readonly (readonly unknown[])[]

export interface Outcome {
  readonly rows: Rows
  readonly command: string
}

export interface SessionOptions {
  readonly url: string
  readonly applicationName: string
  readonly timers: Timers
  /** Called once, when the connection has ended by itself. */
  readonly onLost?: (error: Error) => void
}

export class Session {
  readonly #client: Client
  readonly #timers: Timers
  #warnings = 0
  #ending = false

  private constructor(client: Client, timers: Timers) {
    this.#client = client
    this.#timers = timers
  }

  static async connect(options: SessionOptions): Promise<Session> {
    const { url, applicationName, timers, onLost } = options
    const client = new Client({
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: postgresLimits.connectMs,
      query_timeout: postgresLimits.answerMs,
      keepAlive: true,
      pipeline: true,
      types: valueTypes,
    })
    const session = new Session(client, timers)
    let lost: Error | undefined
    client.on('error', (error) => {
      lost ??= error
    })
    client.on('notice', ({ severity }) => {
      if (severity === 'WARNING') session.#warnings += 1
    })
    await client.connect()
    client.once('end', () => {
      if (!session.#ending) onLost?.(lost ?? new Error('the connection ended'))
    })
    return session
  }

  /** Warnings that the server has given: at COMMIT one says that it is not as durable as promised. */
  get warnings(): number {
    return this.#warnings
  }

  /** Rejects with the first error that is not only the consequence of another. */
  async trip(statements: readonly Statement[]): Promise<readonly Outcome[]> {
    const { stream } = this.#wire.connection
    // One write for all of them, not one each.
    stream.cork()
    const sent = statements.map(({ name, text, values }) =>
      this.#client.query({
        text,
        rowMode: 'array',
        ...(name === undefined ? {} : { name }),
        ...(values === undefined ? {} : { values: [...values] }),
      }),
    )
    stream.uncork()
    const answers = await Promise.allSettled(sent)
    const errors = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    if (errors.length > 0) throw errors.find((error) => !isConsequence(error)) ?? errors[0]
    return answers.map((one) => outcomeOf((one as PromiseFulfilledResult<ArrayResult>).value))
  }

  /** The rows of one statement by the names of their columns. */
  async objects({ name, text, values }: Statement): Promise<Row[]> {
    const { rows } = await this.#client.query<Row>({
      text,
      ...(name === undefined ? {} : { name }),
      ...(values === undefined ? {} : { values: [...values] }),
    })
    return rows
  }

  async rowsOf(text: string, values: readonly unknown[] = []): Promise<Rows> {
    const [outcome] = await this.trip([{ text, values }])
    return outcome?.rows ?? []
  }

  /** Statements without parameters, one text; stops at the first error. */
  async run(text: string): Promise<void> {
    await this.#client.query(text)
  }

  /** A server that does not answer the farewell is not waited for. */
  async end(): Promise<void> {
    if (this.#ending) return
    this.#ending = true
    const patience = this.#timers.after(postgresLimits.farewellMs, () => this.#cut())
    await this.#client.end().catch(() => undefined)
    patience.cancel()
  }

  #cut(): void {
    this.#wire.connection.stream.destroy()
  }

  get #wire(): Wire {
    return this.#client as unknown as Wire
  }
}

/** The part of the driver below its types: its socket, which can gather writes and be cut without waiting. */
interface Wire {
  readonly connection: {
    readonly stream: { destroy(): void; cork(): void; uncork(): void }
  }
}

type Row = Readonly<Record<string, unknown>>

type ArrayResult = QueryArrayResult<unknown[]>

const outcomeOf = ({ rows, command }: ArrayResult): Outcome => ({ rows, command })
