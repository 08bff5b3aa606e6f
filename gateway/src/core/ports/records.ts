/**
 * The only source of truth. Two methods: what changes something is an operation, run to its end in
 * one transaction and answered only after its COMMIT; what only looks is a query.
 */
import type { InputOf, OperationName, ResultOf } from '../operations/catalogue.js'
import type { Queries } from '../queries/queries.js'

/**
 * COMMIT failed, or its answer was lost: whether the operation took place is unknown. Every operation
 * is idempotent by its own id, so it may be submitted again. Nothing may be acknowledged meanwhile.
 */
export class RecordsUnavailable extends Error {
  readonly code = 'RECORDS_UNAVAILABLE'
  constructor(reason: string, options?: { cause?: unknown }) {
    super(`the records are unavailable: ${reason}`, options)
    this.name = 'RecordsUnavailable'
  }
}

export interface RecordsHealth {
  readonly ok: boolean
  /** In plain words, where not ok: disk full, fsync failed, closed. */
  readonly reason?: string
}

export interface Records {
  submit<N extends OperationName>(name: N, input: InputOf<N>): Promise<ResultOf<N>>
  read<N extends keyof Queries>(name: N, input: Queries[N]['input']): Promise<Queries[N]['output']>
  health(): RecordsHealth
  /** How many groups of operations were answered since the start, where it groups them. */
  groups?(): number | undefined
  /** Answers everything that waits, then closes. */
  close(): Promise<void>
}
