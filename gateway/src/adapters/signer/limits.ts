/** How much may wait for the software signer, and for how long. */
export interface SignerLimits {
  readonly queueMax: number
  readonly timeoutMs: number
  /** Signing runs on the event loop; after this much of it everybody else gets a turn. */
  readonly sliceMs: number
}

export const signerLimits: SignerLimits = { queueMax: 4_096, timeoutMs: 5_000, sliceMs: 4 }
