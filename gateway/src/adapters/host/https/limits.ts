/** Every limit of the HTTPS host adapter, by name, units last. */
export const httpsHostLimits = {
  /** From the call to its answer, waiting for a connection included. */
  callMsDefault: 10_000,
  /** Calls in flight; one more is `unavailable` at once, and is asked again by its loop. */
  callsInFlightMax: 512,
  connectionsMax: 32,
  idleConnectionsMax: 8,
  responseBytesMax: 64 * 1024,
  responseHeaderBytesMax: 8 * 1024,
  detailLengthMax: 200,
  /** More codes than a host has. */
  obstaclesMax: 32,
} as const
