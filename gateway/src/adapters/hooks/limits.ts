/** Every limit of the hooks, by name, units last. */
export const hookLimits = {
  /** One call with all its attempts and pauses: less than a case's step, much less than a lease. */
  callMsMax: 12_000,
  /** One attempt, waiting for a connection included. */
  attemptMsMax: 5_000,
  attemptsMax: 4,
  /** The pause before the second attempt; each later one is twice as long. */
  pauseMs: 250,
  pauseMsMax: 4_000,
  /** A receiver that asks for more quiet is asked again after this. */
  retryAfterMsMax: 60_000,
  /** Attempts without an answer, one after another, that open the circuit. */
  failuresMax: 5,
  /** How long it stays open the first time; twice as long each time that a probe fails. */
  openMs: 2_000,
  openMsMax: 30_000,
  /** One more is `unavailable` at once, and is asked again by its loop. */
  callsInFlightMax: 256,
  connectionsMax: 16,
  idleConnectionsMax: 4,
  responseBytesMax: 16 * 1024,
  responseHeaderBytesMax: 8 * 1024,
  detailLengthMax: 200,
  referenceLengthMax: 200,
  /** More codes than a host has. */
  obstaclesMax: 32,
} as const

export type HookLimits = { readonly [K in keyof typeof hookLimits]: number }
