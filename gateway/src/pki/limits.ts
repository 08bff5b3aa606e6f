/** Every size and life of the PKI, by name, units last. */
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export const pkiLimits = {
  csrPemLengthMax: 12 * 1024,
  csrDerBytesMax: 8 * 1024,
  certificatePemLengthMax: 16 * 1024,
  secretFileBytesMax: 16 * 1024,
  /** Of a server certificate that is given: its file, and how many CAs may stand above it. */
  serverFileBytesMax: 64 * 1024,
  serverChainDepthMax: 8,
  tokenLengthMax: 256,

  rsaBitsAllowed: [2048, 3072, 4096],
  rsaExponent: 65_537n,

  serialBytes: 16,
  keyIdentifierBytes: 20,
  sealingKeyBytes: 32,
  ticketKeyBytes: 48,
  enrolmentTokenBytes: 32,

  caLifeMs: 20 * 365 * day,
  serverLifeMs: 90 * day,
  /** At a start, or when its timer says so, a server certificate with less than this is made anew. */
  serverRenewBeforeMs: 30 * day,
  /** With less than this left, nobody has renewed what should have been: it is said. */
  serverEndsSoonMs: 14 * day,
  terminalLifeMs: 365 * day,
  signerLifeMs: 5 * 365 * day,
  /** A certificate begins this long before it is made: clocks of the other side lag. */
  backdateMs: day,

  enrolmentTokenLifeMsDefault: day,
  enrolmentTokenLifeMsMax: day,
  enrolmentTokenLifeMsMin: minute,
  trustedIssuersCacheMax: 10_000,
} as const
