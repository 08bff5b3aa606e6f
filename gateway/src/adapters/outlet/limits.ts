/** Limits of what checkpoints are sent with. */
export const outletLimits = {
  /** Connection and answer together. */
  sendMsMax: 10_000,
} as const
