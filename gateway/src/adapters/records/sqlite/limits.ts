/** Every limit of the SQLite records, by name. */
import { recordsLimits } from '../limits.js'

export const sqliteLimits = {
  ...recordsLimits,
  /** Groups posted to the worker and not answered: one runs, one lies ready behind it. */
  groupsInFlightMax: 2,
  /** Reads posted in one message. */
  readBatchMax: 64,
  readBatchesInFlightMax: 4,
  /** How long the reading connection waits while the writer reopens the file. */
  readerPatienceMs: 2_000,
  /** Rows of one table that the writer remembers; a few MiB. Then it begins anew. */
  rowsRememberedMax: 4_096,
  /** Page cache of the writing connection, KiB; the reading one takes a quarter. */
  cacheKib: 32 * 1024,
  /** Rows written between two checkpoints; some 20 MiB of write-ahead log. */
  rowsBetweenCheckpointsMax: 16_000,
  /** The write-ahead log is cut back to this size when it is reset. */
  walBytesMax: 64 * 1024 * 1024,
} as const
