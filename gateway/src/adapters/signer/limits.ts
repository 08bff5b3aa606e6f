/** How much may wait for the software signer, and for how long. */
export const signerLimits = {
  queueMax: 4_096,
  timeoutMs: 5_000,
  /** Signing runs on the event loop; after this much of it everybody else gets a turn. */
  sliceMs: 4,
} as const
