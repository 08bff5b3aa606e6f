/** What every query has: an input and an output; and what every list has: a place and a limit. */
export interface Page {
  /** Rows with an id above this; 0 from the start. */
  readonly afterId: number
  readonly limit: number
}

/** A query whose input is `I` and whose output is `O`. */
export interface Query<I, O> {
  readonly input: I
  readonly output: O
}

export type Row<T> = T | undefined
