/** Every limit of the core, by name; units last. What the wire caps stands in the protocol's limits. */
export const coreLimits = {
  /** Open commands of one terminal. */
  commandsPerTerminalMax: 64,
  /** Harmless commands of one terminal between claim and result. */
  commandsInFlightMax: 2,
  /** Claims of one command before it is parked. */
  attemptsMax: 16,
  commandLifetimeMsDefault: 24 * 3_600_000,
  commandLifetimeMsMax: 30 * 24 * 3_600_000,
  /** Downlink sequence numbers handed out with one write. */
  seqBlock: 256,
  /** How far a terminal may be ahead of restored records; a liar must not use up its numbers. */
  seqAheadMax: 2 ** 32,
  /** Bodies under one signature. */
  signBatchMax: 1_024,
  signWaitingMax: 20_000,
  /** Lanes that one turn of the dispatch loop looks at. */
  lanesPerTurnMax: 256,
  /** Open commands that it reads at once; no records answer with a larger page. */
  commandsPerTurnMax: 1_000,
  hostCallsMax: 32,
  /** Before a Proceed that the brake has held back is tried again. */
  brakeRetryMs: 1_000,
  eventsPerReadMax: 500,
  /** Lines that one turn of the sealing loop hashes: a few milliseconds. */
  sealLinesPerTurnMax: 1_000,
  /** From a commit until its lines are sealed, so that a busy ledger is sealed in large pieces. */
  sealPauseMs: 250,
  /** Writers of events whose lines are counted: connections to the records, the newest of them. */
  auditWritersMax: 256,
  /** Counting stops here: the alarm is due at 10,000. */
  unsealedLinesCountedMax: 20_000,
  /** Between two signed checkpoints of a tree that grows. */
  checkpointEveryMs: 1_000,
  /** Between two tries to send a checkpoint, doubled up to the most. */
  outletRetryMs: 1_000,
  outletRetryMsMax: 60_000,
  overduePerTurnMax: 200,
  revocationsPerTurnMax: 500,
  /** More than nodes' clocks may be apart and a COMMIT may take. */
  revocationsLookBackMs: 120_000,
  /** Newest events that the feed keeps for followers at the end of the ledger. */
  feedEventsKeptMax: 4_096,
  feedBytesKeptMax: 8 * 1024 * 1024,
  /** Followers that read old events from the records at the same time. */
  feedCatchUpReadsMax: 4,
  /** Events that one filtered read looks through. */
  feedRowsPerLookMax: 5_000,
  /** What a terminal may have said that no handler has finished with. */
  uplinksPerSessionMax: 64,
  /** Alarms of one terminal that become durable. */
  alarmsPerMinuteMax: 30,
  /** Hellos of one terminal that may open a session: each is a line of the ledger. */
  hellosPerMinuteMax: 240,
  /** Behind a broker: sessions whose lane this node keeps; the oldest gives way. */
  brokeredSessionsMax: 100_000,
  /** Sessions of other nodes that this one remembers for a moment, because their uplinks come here too. */
  visitsMax: 4_096,
  /** For so long a revocation, or another session, may go unnoticed by a visit. */
  visitFreshMs: 2_000,
  /** Readings of a terminal's row for one uplink, while its lane changes hands. */
  visitTriesMax: 3,
  /** Times that a published command goes out without a word before the session counts as over. */
  unansweredMax: 4,
  /** Between two HelloRequests to one terminal; it answers no more either. */
  helloRequestGapMs: 5_000,
  helloRequestGapMsMax: 900_000,
  /** Terminals whose last HelloRequest is remembered. */
  helloRequestsKeptMax: 100_000,
  /** What was said under the session before may still come for so long: no reason to ask for a Hello. */
  stragglersMs: 10_000,
  waitingPerTurnMax: 500,
  waitingTurnsPerBeatMax: 10,
  /** How long nodes may be out of each other's sight before the records alone say who waits. */
  presenceDoubtMs: 60_000,
  /** A terminal is asked to renew its certificate when less than this is left. */
  renewBeforeMs: 30 * 24 * 3_600_000,
  /** One upload. A scan of several pages; a photograph as a telephone makes it. */
  documentBytesMax: 8 * 1024 * 1024,
  /** Sealed, written and read in one piece: what one write may hold up others by. Not measured yet. */
  documentPartBytes: 256 * 1024,
  documentNameLengthMax: 120,
  /** From the upload, where nobody names a date. */
  documentRetentionMsDefault: 5 * 366 * 24 * 3_600_000,
  documentRetentionMsMax: 30 * 366 * 24 * 3_600_000,
  documentsPerTurnMax: 20,
  /** An upload that is not whole by then is given up. */
  documentPatienceMs: 3_600_000,
  scopeKeysPerTurnMax: 50,
  /** How often it is looked for what must be destroyed. */
  retentionLookMs: 60_000,
  resealPerTurnMax: 100,
  resealLookMs: 30_000,
} as const
