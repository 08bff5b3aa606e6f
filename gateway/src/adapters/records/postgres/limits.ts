/** Every limit of the PostgreSQL records, by name. */
import { recordsLimits } from '../limits.js'

export const postgresLimits = {
  ...recordsLimits,
  /** The oldest server that is worked on, as its `server_version_num`. */
  serverVersionMin: 150_000,
  /** One writing connection: groups run one after another. */
  groupsInFlightMax: 1,
  readConnectionsMax: 4,
  /** Queries sent on one connection and not answered. */
  readsPerConnectionMax: 16,
  connectMs: 5_000,
  /** One statement of the server's. */
  statementMs: 10_000,
  /** One migration's statement; it may build an index. */
  migrationStatementMs: 600_000,
  /** Longer than `idleInTransactionMs`: what a paused node holds is free before anybody gives up on it. */
  lockMs: 4_000,
  /** For an operation that runs alone because its group could not. */
  lockAloneMs: 500,
  /** A node that was paused inside a transaction loses it, and its locks, after this. */
  idleInTransactionMs: 2_500,
  /** No answer at all: the connection is given up. Above every limit that the server keeps itself. */
  answerMs: 15_000,
  /** How long the end of a connection is waited for. */
  farewellMs: 1_000,
  /** A group that lost a race (deadlock, lock time-out, a row that appeared) is run again so often. */
  groupTriesMax: 3,
  /** Ids of one table taken from its sequence at once. */
  idsPerFetch: 256,
  /** Events of one transaction; its number in their ids is multiplied by one more. */
  eventsPerTransactionMax: 8_191,
  /** Prepared statements of one connection; more are parsed each time. */
  statementsPreparedMax: 400,
  /** Partitions of events are made for this month and so many after it. */
  monthsAhead: 2,
  /** A command that has ended stays at hand so long: what is asked about it is asked soon. */
  atHandMs: 24 * 3_600_000,
  /** Commands put away in one statement, and statements in one turn of the upkeep. */
  putAwayPerStep: 500,
  putAwayStepsMax: 40,
  upkeepFirstMs: 60_000,
  upkeepMs: 600_000,
  upkeepMoreMs: 1_000,
} as const
