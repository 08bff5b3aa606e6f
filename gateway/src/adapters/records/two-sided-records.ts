/** The port over two sides, one that writes and one that reads, each with a health of its own. */
import type { InputOf, OperationName, ResultOf } from '../../core/operations/catalogue.js'
import type { Records, RecordsHealth } from '../../core/ports/records.js'
import type { Queries } from '../../core/queries/queries.js'

export interface RecordsSide {
  /** In plain words, while it does not work. */
  readonly failure: string | undefined
  call(name: string, input: unknown): Promise<unknown>
  /** Answers what waits first. */
  close(): Promise<void>
}

export interface WritingSide extends RecordsSide {
  /** Groups of operations that were answered since the start. */
  readonly batches: number
}

export interface Sides {
  readonly writer: WritingSide
  readonly reader: RecordsSide
  /** Once both are closed, whatever became of them. */
  readonly afterwards?: () => void | Promise<void>
}

export class TwoSidedRecords implements Records {
  readonly #sides: Sides
  #closing: Promise<void> | undefined

  constructor(sides: Sides) {
    this.#sides = sides
  }

  submit<N extends OperationName>(name: N, input: InputOf<N>): Promise<ResultOf<N>> {
    return this.#sides.writer.call(name, input) as Promise<ResultOf<N>>
  }

  read<N extends keyof Queries>(
    name: N,
    input: Queries[N]['input'],
  ): Promise<Queries[N]['output']> {
    return this.#sides.reader.call(name, input) as Promise<Queries[N]['output']>
  }

  health(): RecordsHealth {
    const reason = this.#sides.writer.failure ?? this.#sides.reader.failure
    return reason === undefined ? { ok: true } : { ok: false, reason }
  }

  groups(): number {
    return this.#sides.writer.batches
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const { writer, reader, afterwards } = this.#sides
    await Promise.allSettled([reader.close(), writer.close()])
    await afterwards?.()
  }
}
