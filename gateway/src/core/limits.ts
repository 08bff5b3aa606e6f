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
  /** Bodies under one signature. */
  signBatchMax: 1_024,
  signWaitingMax: 20_000,
  /** Lanes that one turn of the dispatch loop looks at. */
  lanesPerTurnMax: 256,
  /** Open commands that it reads at once; no records answer with a larger page. */
  commandsPerTurnMax: 1_000,
  hostCallsMax: 32,
  eventsPerReadMax: 500,
  overduePerTurnMax: 200,
  /** What a terminal may have said that no handler has finished with. */
  uplinksPerSessionMax: 64,
  /** Alarms of one terminal that become durable. */
  alarmsPerMinuteMax: 30,
  /** A terminal is asked to renew its certificate when less than this is left. */
  renewBeforeMs: 30 * 24 * 3_600_000,
} as const
