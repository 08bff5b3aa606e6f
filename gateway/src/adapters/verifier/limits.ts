/** How much the verifier takes at once. */
export const verifierLimits = {
  /** Jobs in libuv's pool at one time, so that files and DNS don't wait behind a storm of uplinks. */
  inPoolMax: 256,
  /** Checks that wait for the pool; above it the callers are refused and acknowledge nothing. */
  waitingMax: 65_536,
  spkiBytesMax: 1_024,
  keysKeptMax: 10_000,
} as const
