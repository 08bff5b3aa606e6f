/** Every limit of the SQLite records, by name. */
export const sqliteLimits = {
  /** Operations that share one transaction and one fsync. */
  groupOperationsMax: 256,
  /** Groups posted to the worker and not answered: one runs, one lies ready behind it. */
  groupsInFlightMax: 2,
  /** Operations that wait for a place in a group; above it `submit` rejects. */
  operationsWaitingMax: 10_000,
  /** Reads that wait for an answer; above it `read` rejects. */
  readsWaitingMax: 10_000,
  /** Reads posted in one message. */
  readBatchMax: 64,
  readBatchesInFlightMax: 4,
  /** How long the reading connection waits while the writer reopens the file. */
  readerPatienceMs: 2_000,
  /** Rows of one page, whatever the caller asks for. */
  pageRowsMax: 1_000,
  /** Rows that an operation may ask for in one question. */
  askRowsMax: 10_000,
  /** Rows of one table that the writer remembers; a few MiB. Then it begins anew. */
  rowsRememberedMax: 4_096,
  /** Page cache of the writing connection, KiB; the reading one takes a quarter. */
  cacheKib: 32 * 1024,
  /** Rows written between two checkpoints; some 20 MiB of write-ahead log. */
  rowsBetweenCheckpointsMax: 16_000,
  /** The write-ahead log is cut back to this size when it is reset. */
  walBytesMax: 64 * 1024 * 1024,
  /** Pause before the first attempt to recover, doubled up to the maximum. */
  recoverDelayMs: 250,
  recoverDelayMsMax: 15_000,
} as const
