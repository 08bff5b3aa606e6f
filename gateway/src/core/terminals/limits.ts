/** How much of a terminal's identity is kept and allowed. */
export const identityLimits = {
  /** Certificates are kept for ever; a terminal that reaches this is a fault, not a fleet. */
  certificatesPerTerminalMax: 1_000,
  /** Unrevoked and unexpired at one time. A renewal loop of a broken terminal ends here. */
  liveCertificatesPerTerminalMax: 8,
  /** Looked through for an open proof before a renewal. */
  openCommandsReadMax: 256,
  revokeReasonLengthMax: 160,
} as const

export const terminalLimits = {
  /** Two months of a boot each morning. */
  earlierBootsMax: 64,
} as const
