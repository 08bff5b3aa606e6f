/** The limits that the records have in every dialect, by name. */
export const recordsLimits = {
  /** Operations that share one transaction and one sync of the disk. */
  groupOperationsMax: 256,
  /** Operations that wait for a place in a group; above it `submit` rejects. */
  operationsWaitingMax: 10_000,
  /** Reads that wait for an answer; above it `read` rejects. */
  readsWaitingMax: 10_000,
  /** Rows of one page, whatever the caller asks for. */
  pageRowsMax: 1_000,
  /** Rows that an operation may ask for in one question. */
  askRowsMax: 10_000,
  /** Pause before the first attempt to recover, doubled up to the maximum. */
  recoverDelayMs: 250,
  recoverDelayMsMax: 15_000,
} as const
