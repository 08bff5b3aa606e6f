/** Every limit of the API, by name, units last. Limits of the wire are protocol's. */
const minuteMs = 60_000
const daySeconds = 86_400

export const apiLimits = {
  bodyBytesMax: 64 * 1024,
  headerBytesMax: 16 * 1024,
  /** A whole request, from its first byte to its last. */
  requestMsMax: 30_000,
  headersMsMax: 10_000,
  keepAliveMsMax: 65_000,
  connectionsMax: 2_000,
  /** For connections without a request, once the port is closed. */
  closeMsMax: 1_000,

  pageRowsDefault: 50,
  pageRowsMax: 200,
  cursorLengthMax: 64,
  idempotencyKeyLengthMax: 255,
  /** Wrong fields named in one problem; what is beyond is cut. */
  problemFieldsMax: 64,
  /** Reads that one page of filtered events may cost; it may be short, and its cursor leads on. */
  eventLooksPerPageMax: 4,
  eventKindLengthMax: 64,
  fieldNameLengthMax: 80,

  merchantNameBytesMax: 200,
  nameLengthMax: 100,
  /** Of one case. */
  attemptsShownMax: 100,
  /** With what people put around it. */
  creditCodeLengthMax: 32,
  accountLengthMax: 64,
  addressLengthMax: 300,
  holdReasonLengthMax: 200,
  /** Percent-encoded: three letters a byte. */
  documentNameHeaderLengthMax: 1_500,
  vendorLengthMax: 64,
  tusnLengthMax: 64,
  certificatePemLengthMax: 16 * 1024,
  csrPemLengthMax: 16 * 1024,
  enrolmentTokenLengthMax: 512,

  tokenBytes: 32,
  tokenLifetimeSecondsDefault: 90 * daySeconds,
  tokenLifetimeSecondsMax: 366 * daySeconds,
  enrolmentLifetimeSecondsMin: 60,
  /** Architecture §8: at most a day. */
  enrolmentLifetimeSecondsMax: daySeconds,
  commandLifetimeSecondsMin: 10,
  commandLifetimeSecondsMax: 30 * daySeconds,

  /** Of each section of what is held about a merchant. */
  exportRowsMax: 20_000,
  exportLinesPerCaseMax: 500,
  /** Exports that one node writes at the same time. */
  exportsAtOnceMax: 4,

  /** Quotas are for this long, and refill evenly. */
  rateWindowMs: minuteMs,
  requestsPerTokenMax: 12_000,
  requestsPerAddressMax: 3_000,
  wrongTokensPerAddressMax: 30,
  enrolmentsPerAddressMax: 1_200,
  signInsPerAddressMax: 60,
  merchantPagesPerAddressMax: 60,
  /** Tokens and addresses whose quota is remembered; beyond it the longest unused is forgotten. */
  rateKeysMax: 20_000,
} as const

/** Live events over WebSocket. */
export interface LiveLimits {
  readonly socketsMax: number
  readonly socketsPerTokenMax: number
  /** Upgraded, and no token yet. */
  readonly waitingMax: number
  readonly waitingPerAddressMax: number
  readonly tokenMsMax: number
  /** Of a message from a client; its one message is the token. */
  readonly messageBytesMax: number
  readonly eventsPerReadMax: number
  /** Written and not taken by the client; above it nothing is read for it. */
  readonly bufferedBytesMax: number
  /** How long what is buffered may stay untaken. */
  readonly untakenMsMax: number
  /** Of silence, before the client is told that all is well. */
  readonly heartbeatMs: number
  readonly pingMs: number
  /** Between two looks at whether a token still opens anything. */
  readonly tokenLookMs: number
  readonly beatMs: number
  /** Between two attempts to read while the records are unavailable. */
  readonly retryMs: number
  /** For the closing handshake, before the connection is cut. */
  readonly closeMsMax: number
}

export const liveLimits: LiveLimits = {
  socketsMax: 1_000,
  socketsPerTokenMax: 64,
  waitingMax: 256,
  waitingPerAddressMax: 16,
  tokenMsMax: 10_000,
  messageBytesMax: 1_024,
  eventsPerReadMax: 100,
  bufferedBytesMax: 64 * 1024,
  untakenMsMax: 30_000,
  heartbeatMs: 15_000,
  pingMs: 20_000,
  tokenLookMs: 2_000,
  beatMs: 1_000,
  retryMs: 1_000,
  closeMsMax: 5_000,
}
